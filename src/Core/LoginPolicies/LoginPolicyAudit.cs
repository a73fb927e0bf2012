using ChatGovernance.Core.Audit;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.LoginPolicies;

/// <summary>Audit rows about login policies. Field names are part of the format.</summary>
internal static class LoginPolicyAudit
{
    /// <summary>Whoever edits by hand may write as much as they like.</summary>
    private const int Longest = 2000;

    public static AuditEntry Proposed(LoginChange change, DateTimeOffset now) => Row(AuditKind.LoginPolicyProposed, change, change.By, now);

    /// <param name="from">The account that confirmed, and how it is proved to be theirs.</param>
    public static AuditEntry Confirmed(LoginChange change, PersonRef by, (ChatAccount Account, string Proof) from, DateTimeOffset now)
    {
        var row = Row(AuditKind.LoginPolicyConfirmed, change, by, now);
        return row with { Facts = new Dictionary<string, string>(row.Facts) { ["confirmer-account"] = from.Account.ToString(), ["proof"] = from.Proof } };
    }

    public static AuditEntry Set(LoginChange change, PersonRef by, DateTimeOffset now) => Row(AuditKind.LoginPolicySet, change, by, now);

    public static AuditEntry Rejected(LoginChange change, PersonRef by, DateTimeOffset now) => Row(AuditKind.LoginPolicyRejected, change, by, now);

    public static AuditEntry Void(LoginChange change, string why, DateTimeOffset now)
    {
        var row = Row(AuditKind.LoginPolicyVoid, change, change.By, now);
        return row with { Facts = new Dictionary<string, string>(row.Facts) { ["why"] = why } };
    }

    /// <param name="before">Null: it was not there.</param>
    /// <param name="after">Null: it is gone.</param>
    public static AuditEntry Edited(KnownLoginPolicy policy, KnownLoginPolicy? before, KnownLoginPolicy? after, DateTimeOffset now) => new()
    {
        Kind = AuditKind.LoginPolicyEdited,
        Subject = Subject.System,
        At = now,
        Facts = new Dictionary<string, string>
        {
            ["where"] = Said(policy.Place.ToString()),
            ["name"] = Said(policy.Name),
            ["before"] = Said(before?.Names ?? "nothing: it was not there"),
            ["after"] = Said(after?.Names ?? "nothing: it is gone, or the bot no longer sees it"),
        },
        Personal = Messages(before?.Rules, after?.Rules),
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
            ["before"] = Said(change.Before.Names),
            ["after"] = Said(change.After.Names),
            ["account"] = change.From.ToString(),
            ["proposer"] = change.By.Id.Value,
            ["by"] = by.Id.Value,
        },
        Personal = new Dictionary<string, string>(Messages(change.Before, change.After)) { ["proposer"] = change.By.Name, ["by"] = by.Name },
    };

    private static string Said(string text) => Text.Cut(Text.Clean(text), Longest);

    /// <summary>What people wrote may name people.</summary>
    private static Dictionary<string, string> Messages(LoginRules? before, LoginRules? after) =>
        new (string Field, string Message)[] { ("before-message", before?.Message ?? ""), ("after-message", after?.Message ?? "") }
            .Where(one => one.Message.Length > 0).ToDictionary(one => one.Field, one => Text.Cut(Text.Clean(one.Message), LoginRules.LongestMessage));
}
