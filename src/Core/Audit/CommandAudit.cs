using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Audit;

/// <summary>Audit rows about what could not have come from a form or message of ours.</summary>
internal static class CommandAudit
{
    /// <param name="what">A field or an action, never what was in it.</param>
    public static AuditEntry Refused(ChatAccount by, string what, DateTimeOffset now) => new()
    {
        Kind = AuditKind.CommandRefused,
        Subject = Subject.System,
        At = now,
        Facts = new Dictionary<string, string> { ["account"] = by.ToString(), ["what"] = Text.Cut(Text.Clean(what), 100) },
    };
}
