using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Audit;

/// <summary>Audit rows about what could not have come from a form or message of ours.</summary>
internal static class CommandAudit
{
    /// <param name="by">Null: it could not be read who.</param>
    public static AuditEntry SetAside(ChatAccount? by, string what, string code, DateTimeOffset now)
    {
        var facts = new Dictionary<string, string> { ["what"] = what, ["code"] = code };
        if (by is { } account)
            facts["account"] = account.ToString();
        return new AuditEntry { Kind = AuditKind.CommandSetAside, Subject = Subject.System, At = now, Facts = facts };
    }

    /// <param name="what">A field or an action, never what was in it.</param>
    public static AuditEntry Refused(Actor by, string what, DateTimeOffset now) => new()
    {
        Kind = AuditKind.CommandRefused,
        Subject = Subject.System,
        At = now,
        Facts = new Dictionary<string, string> { ["account"] = by.ToString(), ["what"] = Text.Cut(Text.Clean(what), 100) },
    };
}
