using System.Globalization;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Audit;

/// <summary>Audit rows about grants. Each is about the request that the grant came of, so that one thread tells the whole story.</summary>
internal static class GrantAudit
{
    public static AuditEntry Row(string kind, Entitlement entitlement, Grant grant, DateTimeOffset now, params (string Field, string? Text)[] more)
    {
        var facts = new Dictionary<string, string>
        {
            ["grant"] = grant.Id.ToString(),
            ["beneficiary"] = entitlement.Person.Id.Value,
            ["target"] = entitlement.Target.ToString(),
            ["target-name"] = entitlement.TargetName,
        };
        foreach (var (field, text) in more)
        {
            if (!string.IsNullOrEmpty(text))
                facts[field] = text;
        }

        return new AuditEntry
        {
            Kind = kind,
            Subject = Subject.Of(grant.Request),
            At = now,
            Facts = facts,
            Personal = new Dictionary<string, string> { ["beneficiary"] = entitlement.Person.Name },
        };
    }

    /// <summary>ISO-8601, UTC, whole seconds; null: no end.</summary>
    public static string? Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
