using System.Globalization;
using ChatGovernance.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfDeployment(IDbContextFactory<GovernanceContext> contexts) : IDeployment
{
    private const string RealmKey = "realm";

    public async Task<string> KnownRealm(string realmId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await Known(db, ct) is { } known)
            return known;

        // Another replica may be the first; then its answer stands.
        await db.Execute("INSERT INTO deployment (key, value) VALUES ({0}, {1}) ON CONFLICT (key) DO NOTHING", [RealmKey, realmId], ct);
        return await Known(db, ct) ?? throw new InvalidOperationException("The realm id that was just stored is not there.");
    }

    public async Task<DateTimeOffset?> RaisedAt(Alarm alarm, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var key = SavedAlarms.Key(alarm);
        var at = await db.Deployment.Where(row => row.Key == key).Select(row => row.Value).SingleOrDefaultAsync(ct);
        return string.IsNullOrEmpty(at) ? null : DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
    }

    public async Task<DateTimeOffset?> AnchoredAt(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await SavedTexts.Read(db, SavedTexts.Anchored, ct) is { Length: > 0 } at ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null;
    }

    public async Task<string> Policy(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await SavedTexts.Read(db, SavedTexts.Policy, ct);
    }

    private static Task<string?> Known(GovernanceContext db, CancellationToken ct) =>
        db.Deployment.Where(row => row.Key == RealmKey).Select(row => row.Value).SingleOrDefaultAsync(ct);
}
