using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Grants;

namespace ChatGovernance.Core.Webhooks;

/// <summary>
/// What other programs are told of a row of the audit. Only facts that are named here leave the house: a new one stays in it until it is
/// named, too. A drift is told beside the end that it brings about or shows, for who follows ends and who looks for drift are seldom the same.
/// </summary>
/// <param name="Type">One of <see cref="WebhookType"/>.</param>
/// <param name="Facts">Ids, states and instants in a fixed order, each under one word; never a person's name or a reason.</param>
public sealed record News(string Type, IReadOnlyList<KeyValuePair<string, string>> Facts)
{
    private static readonly string[] ofRequest = ["target", "target-name", "requester", "beneficiary"];
    private static readonly string[] ofOutcome = [.. ofRequest, "by", "by-rule", "account", "why", "rule", "policy"];
    private static readonly string[] ofGrant = ["grant", "target", "target-name", "beneficiary"];
    private static readonly string[] ofEnd = [.. ofGrant, "by", "why-code", "outcome-code"];

    /// <summary>Empty: nobody outside is told.</summary>
    public static IReadOnlyList<News> Of(AuditEntry entry) => entry.Kind switch
    {
        AuditKind.RequestReceived => [From(entry, WebhookType.RequestReceived, [.. ofRequest, "account", "logged-in", "client", "for-other", "length"])],
        AuditKind.RequestPending => [From(entry, WebhookType.RequestPending, [.. ofRequest, "groups", "rule", "policy"])],
        AuditKind.EmergencyTaken => [From(entry, WebhookType.RequestEmergency, [.. ofRequest, "confirm-by", "rule", "policy"])],
        AuditKind.QuestionAsked => [From(entry, WebhookType.QuestionAsked, [.. ofRequest, "question", "by"])],
        AuditKind.QuestionAnswered => [From(entry, WebhookType.QuestionAnswered, [.. ofRequest, "question", "by"])],
        AuditKind.RequestApproved => [From(entry, WebhookType.Approved, ofOutcome)],
        AuditKind.RequestDenied => [From(entry, WebhookType.Denied, ofOutcome)],
        AuditKind.RequestCancelled => [From(entry, WebhookType.Cancelled, ofOutcome)],
        AuditKind.RequestLapsed => [From(entry, WebhookType.Lapsed, ofOutcome)],
        AuditKind.RequestRefused => [From(entry, WebhookType.Refused, ofOutcome)],
        AuditKind.GrantActive => [From(entry, WebhookType.GrantActive, [.. ofGrant, "until"])],
        AuditKind.GrantExtended => [From(entry, WebhookType.GrantExtended, [.. ofGrant, "until", "by-request"])],
        AuditKind.GrantConfirmed => [From(entry, WebhookType.GrantConfirmed, [.. ofGrant, "by"])],
        AuditKind.GrantRestored => [From(entry, WebhookType.GrantRestored, [.. ofGrant, "until"])],
        AuditKind.GrantFailed => [From(entry, WebhookType.GrantFailed, ofEnd)],
        AuditKind.GrantEnding when Is(entry, "why-code", nameof(EndReason.RemovedOutside)) =>
            [From(entry, WebhookType.EndBegun, ofEnd), From(entry, WebhookType.RemovedOutside, ofGrant)],
        AuditKind.GrantEnding => [From(entry, WebhookType.EndBegun, ofEnd)],
        AuditKind.GrantEnded when Is(entry, "outcome-code", nameof(EndOutcome.KeptAddedOutside)) =>
            [From(entry, WebhookType.EndFinished, ofEnd), From(entry, WebhookType.AddedOutside, ofGrant)],
        AuditKind.GrantEnded => [From(entry, WebhookType.EndFinished, ofEnd)],
        AuditKind.Anchored => [From(entry, WebhookType.Anchored, ["after", "hash"])],
        _ => [],
    };

    private static bool Is(AuditEntry entry, string fact, string value) => entry.Facts.GetValueOrDefault(fact) == value;

    private static News From(AuditEntry entry, string type, string[] facts)
    {
        var told = new List<KeyValuePair<string, string>>();
        if (entry.Subject.IsRequest(out var request))
            told.Add(new("request", request.ToString()));
        foreach (var fact in facts)
        {
            if (entry.Facts.TryGetValue(fact, out var value))
                told.Add(new(Word(fact), value));
        }

        return new News(type, told);
    }

    /// <summary>A sentence for people has the plain word in the audit, and its code another.</summary>
    private static string Word(string fact) => fact switch
    {
        "why-code" => "why",
        "outcome-code" => "outcome",
        _ => fact,
    };
}
