using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Persistence;

/// <summary>The last good policy file among what the deployment knows of itself: a replica that finds a broken one goes on with it.</summary>
internal static class SavedPolicy
{
    public const string Key = "policy";

    /// <summary>False: another one has held meanwhile.</summary>
    public static async Task<bool> Save(GovernanceContext db, PolicyChange change, CancellationToken ct)
    {
        if (change.Before.Length == 0)
            await db.Execute("INSERT INTO deployment (key, value) VALUES ({0}, '') ON CONFLICT (key) DO NOTHING", [Key], ct);
        return await db.Execute("UPDATE deployment SET value = {1} WHERE key = {0} AND value = {2}", [Key, change.Text, change.Before], ct) == 1;
    }
}
