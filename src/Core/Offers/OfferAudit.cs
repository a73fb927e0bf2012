using ChatGovernance.Core.Audit;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Offers;

/// <summary>Audit rows about offers. Field names are part of the format.</summary>
internal static class OfferAudit
{
    public static AuditEntry Made(LoginOffer offer, ChatAccount account, DateTimeOffset now) => new()
    {
        Kind = AuditKind.LoginOffered,
        Subject = Subject.Of(account),
        At = now,
        Facts = new Dictionary<string, string>
        {
            ["account"] = account.ToString(),
            ["person"] = offer.Person.Id.Value,
            ["client"] = offer.Client,
            ["offer"] = offer.Id.ToString(),
            ["targets"] = string.Join(' ', offer.Ways.SelectMany(way => way.Targets).Select(target => target.Target.ToString()).Distinct()),
        },
        Personal = new Dictionary<string, string> { ["person"] = offer.Person.Name },
    };
}
