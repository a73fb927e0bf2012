using ChatGovernance.Infrastructure.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfCatalogStore(IDbContextFactory<GovernanceContext> contexts) : ICatalogStore
{
    public async Task Save(byte[] snapshot, DateTimeOffset at, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Execute(
            """
            INSERT INTO catalog (id, snapshot, at) VALUES ({0}, {1}, {2})
            ON CONFLICT (id) DO UPDATE SET snapshot = excluded.snapshot, at = excluded.at
            """,
            [CatalogRow.OnlyId, snapshot, at.UtcTicks],
            ct);
    }

    public async Task<(byte[] Snapshot, DateTimeOffset At)?> Load(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Catalog.AsNoTracking().SingleOrDefaultAsync(ct) is { } row ? (row.Snapshot, row.At) : null;
    }
}
