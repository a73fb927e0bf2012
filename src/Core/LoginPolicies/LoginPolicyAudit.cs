using ChatGovernance.Core.Audit;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.LoginPolicies;

/// <summary>Audit rows about login policies. Field names are part of the format.</summary>
internal static class LoginPolicyAudit
{
    private const string Gone = "nothing: it is gone, or the bot no longer sees it";

    public static AuditEntry Proposed(LoginChange change, DateTimeOffset now) => Row(AuditKind.LoginPolicyProposed, change, change.By, now);

    public static AuditEntry Confirmed(LoginChange change, PersonRef by, DateTimeOffset now) => Row(AuditKind.LoginPolicyConfirmed, change, by, now);

    public static AuditEntry Set(LoginChange change, PersonRef by, DateTimeOffset now) => Row(AuditKind.LoginPolicySet, change, by, now);

    public static AuditEntry Rejected(LoginChange change, PersonRef by, DateTimeOffset now) => Row(AuditKind.LoginPolicyRejected, change, by, now);

    public static AuditEntry Void(LoginChange change, string why, DateTimeOffset now)
    {
        var row = Row(AuditKind.LoginPolicyVoid, change, change.By, now);
        return row with { Facts = new Dictionary<string, string>(row.Facts) { ["why"] = why } };
    }

    /// <param name="after">Null: it is gone.</param>
    public static AuditEntry Edited(KnownLoginPolicy policy, KnownLoginPolicy? before, KnownLoginPolicy? after, DateTimeOffset now) => new()
    {
        Kind = AuditKind.LoginPolicyEdited,
        Subject = Subject.System,
        At = now,
        Facts = new Dictionary<string, string>
        {
            ["where"] = policy.Where,
            ["name"] = policy.Name,
            ["before"] = before is null ? "nothing: it was not there" : $"{before}",
            ["after"] = after is null ? Gone : $"{after}",
        },
    };

    private static AuditEntry Row(string kind, LoginChange change, PersonRef by, DateTimeOffset now) => new()
    {
        Kind = kind,
        Subject = Subject.System,
        At = now,
        Facts = new Dictionary<string, string>
        {
            ["change"] = change.Id.ToString(),
            ["client"] = change.Client,
            ["before"] = $"{change.Before}",
            ["after"] = $"{change.After}",
            ["proposer"] = change.By.Id.Value,
            ["by"] = by.Id.Value,
        },
        Personal = new Dictionary<string, string> { ["proposer"] = change.By.Name, ["by"] = by.Name },
    };
}
