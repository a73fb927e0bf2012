using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Audit;

/// <summary>Audit rows about messages that were given up.</summary>
internal static class MessageAudit
{
    public static AuditEntry SetAside(Subject subject, Audience audience, string code, DateTimeOffset now) => new()
    {
        Kind = AuditKind.MessageSetAside,
        Subject = subject,
        At = now,
        Facts = new Dictionary<string, string> { ["audience"] = audience.ToString(), ["code"] = Text.Clean(code) },
    };
}
