using System.Globalization;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Persistence;

/// <summary>Alarms among what the deployment knows of itself: an instant while one is raised, empty once it is over.</summary>
internal static class SavedAlarms
{
    public static string Key(Alarm alarm) => $"alarm:{alarm}";

    /// <summary>False: it is so already.</summary>
    public static async Task<bool> Save(GovernanceContext db, AlarmChange change, CancellationToken ct) => change.RaisedAt is { } at
        ? await db.Execute(
            "INSERT INTO deployment (key, value) VALUES ({0}, {1}) ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE deployment.value = ''",
            [Key(change.Alarm), at.ToString("O", CultureInfo.InvariantCulture)], ct) == 1
        : await db.Execute("UPDATE deployment SET value = '' WHERE key = {0} AND value <> ''", [Key(change.Alarm)], ct) == 1;
}
