using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Audit;

/// <summary>Audit rows about messages that were given up.</summary>
internal static class MessageAudit
{
    private const string AudienceFact = "audience";

    public static AuditEntry SetAside(Subject subject, Audience audience, string code, DateTimeOffset now) => new()
    {
        Kind = AuditKind.MessageSetAside,
        Subject = subject,
        At = now,
        Facts = new Dictionary<string, string> { [AudienceFact] = audience.ToString(), ["code"] = Text.Clean(code) },
    };

    /// <summary>What should have stood in an audit channel does not.</summary>
    public static bool IsOfAuditChannel(AuditEntry entry) =>
        entry.Kind == AuditKind.MessageSetAside && Audience.Parse(entry.Facts[AudienceFact]) is Audience.AuditChannel;
}
