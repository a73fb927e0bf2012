using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence;

/// <summary>Texts among what the deployment knows of itself.</summary>
internal static class SavedTexts
{
    /// <summary>The last good policy file: a replica that finds a broken one goes on with it.</summary>
    public const string Policy = "policy";

    /// <summary>The login policies that were seen last.</summary>
    public const string LoginPolicies = "login-policies";

    /// <summary>When the audit's head was last told outside.</summary>
    public const string Anchored = "anchored";

    /// <summary>As <see cref="Anchored"/> has it.</summary>
    public static string Instant(DateTimeOffset? at) => at?.ToString("O", CultureInfo.InvariantCulture) ?? "";

    /// <param name="before">Empty: there was none.</param>
    /// <returns>False: another one has stood there meanwhile.</returns>
    public static async Task<bool> Replace(GovernanceContext db, string key, string before, string text, CancellationToken ct)
    {
        if (before.Length == 0)
            await db.Execute("INSERT INTO deployment (key, value) VALUES ({0}, '') ON CONFLICT (key) DO NOTHING", [key], ct);
        return await db.Execute("UPDATE deployment SET value = {1} WHERE key = {0} AND value = {2}", [key, text, before], ct) == 1;
    }

    /// <summary>Empty: there is none.</summary>
    public static async Task<string> Read(GovernanceContext db, string key, CancellationToken ct) =>
        await db.Deployment.Where(row => row.Key == key).Select(row => row.Value).SingleOrDefaultAsync(ct) ?? "";
}
