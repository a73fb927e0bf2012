using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Audit;

/// <summary>Audit rows about messages that were given up, or may be there twice.</summary>
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

    /// <summary>Posted again where nobody can look whether the first post is there.</summary>
    public static AuditEntry Uncertain(Subject subject, Audience audience, DateTimeOffset now) => Of(AuditKind.MessageUncertain, subject, audience, now);

    /// <summary>Given up before, and shown now: whom it is for can be spoken to again.</summary>
    public static AuditEntry Revived(Subject subject, Audience audience, DateTimeOffset now) => Of(AuditKind.MessageRevived, subject, audience, now);

    private static AuditEntry Of(string kind, Subject subject, Audience audience, DateTimeOffset now) => new()
    {
        Kind = kind,
        Subject = subject,
        At = now,
        Facts = new Dictionary<string, string> { [AudienceFact] = audience.ToString() },
    };

    /// <summary>It is about a message in an audit channel, where it must not be told: that would be a message more.</summary>
    public static bool IsOfAuditChannel(AuditEntry entry) =>
        entry.Kind is AuditKind.MessageSetAside or AuditKind.MessageUncertain or AuditKind.MessageRevived && Audience.Parse(entry.Facts[AudienceFact]) is Audience.AuditChannel;
}
