using System.Security.Cryptography;
using ChatGovernance.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Claims;

internal sealed class EfClaims(IDbContextFactory<GovernanceContext> contexts, TimeProvider time) : IClaims
{
    public async Task<IReadOnlyList<Claimed>> Claim(WorkKind kind, int max, TimeSpan length, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        var owner = new Guid(RandomNumberGenerator.GetBytes(16));
        var rows = await db.Query<DueRow>(ClaimSql(WorkTable.Of(kind), db), [now.UtcTicks, max, RowIds.Write(owner), (now + length).UtcTicks], ct);
        return [.. rows.OrderBy(row => row.DueAt).ThenBy(row => row.Id.Length).ThenBy(row => row.Id, StringComparer.Ordinal).Select(row => new Claimed(new Lease(kind, row.Id, owner), row.Trace))];
    }

    public async Task<DateTimeOffset?> NextDue(WorkKind kind, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var table = WorkTable.Of(kind);
        var now = time.GetUtcNow().UtcTicks;
        var free = await db.Query<DueRow>(NextFreeSql(table), [now], ct);
        var claimed = await db.Query<DueRow>(NextClaimedSql(table), [now], ct);
        return free.Concat(claimed).Select(row => (DateTimeOffset?)new DateTimeOffset(row.DueAt, TimeSpan.Zero)).Min();
    }

    public async Task<bool> Renew(Lease lease, TimeSpan length, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var table = WorkTable.Of(lease.Kind);
        var now = time.GetUtcNow();
        return await db.Execute(
            $$"""UPDATE {{table.Name}} SET leased_until = {0} WHERE id = {1} AND lease_owner = {2} AND leased_until > {3}""",
            [(now + length).UtcTicks, table.IdOf(lease), RowIds.Write(lease.Owner), now.UtcTicks],
            ct) == 1;
    }

    public async Task Release(Lease lease, DateTimeOffset notBefore, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var table = WorkTable.Of(lease.Kind);
        await db.Execute(
            $$"""
            UPDATE {{table.Name}} SET lease_owner = NULL, leased_until = NULL, due_at = CASE WHEN due_at < {0} THEN {0} ELSE due_at END
            WHERE id = {1} AND lease_owner = {2}
            """,
            [notBefore.UtcTicks, table.IdOf(lease), RowIds.Write(lease.Owner)],
            ct);
    }

    public async Task<Failed> Fail(Lease lease, string code, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var table = WorkTable.Of(lease.Kind);
        var (id, owner) = (table.IdOf(lease), RowIds.Write(lease.Owner));
        var counted = await db.Query<FailedRow>(
            $$"""UPDATE {{table.Name}} SET {{table.FailuresColumn}} = {{table.FailuresColumn}} + 1 WHERE id = {0} AND lease_owner = {1} RETURNING {{table.FailuresColumn}} AS "Failures" """,
            [id, owner],
            ct);
        if (counted is not [{ Failures: var failures }])
            return Failed.LeaseLost;

        if (failures >= Backoff.TriesOf(lease.Kind))
            return Failed.OutOfTries;

        await Release(lease, time.GetUtcNow() + Backoff.After(failures, Random.Shared.NextDouble()), ct);
        return Failed.WillBeTriedAgain;
    }

    /// <summary>Parameters: now, how many, owner, until when.</summary>
    internal static string ClaimSql(WorkTable table, GovernanceContext db) =>
        $$"""
        WITH picked AS MATERIALIZED (
            SELECT {{table.Picked}} FROM {{table.Name}} AS w
            WHERE w.due_at IS NOT NULL AND w.due_at <= {0} AND {{table.Free}}
            ORDER BY w.due_at, w.id LIMIT {1} {{db.ForUpdateSkipLocked}})
        UPDATE {{table.Name}} SET lease_owner = {2}, leased_until = {3}
        WHERE id IN ({{table.Allowed}})
        RETURNING CAST(id AS TEXT) AS "Id", due_at AS "DueAt", trace AS "Trace"
        """;

    /// <summary>Parameter: now.</summary>
    internal static string NextFreeSql(WorkTable table) =>
        $"""
        SELECT '' AS "Id", w.due_at AS "DueAt", NULL AS "Trace" FROM {table.Name} AS w
        WHERE w.due_at IS NOT NULL AND {table.Free} ORDER BY w.due_at LIMIT 1
        """;

    /// <summary>Parameter: now.</summary>
    internal static string NextClaimedSql(WorkTable table) =>
        $$"""
        SELECT '' AS "Id", leased_until AS "DueAt", NULL AS "Trace" FROM {{table.Name}}
        WHERE due_at IS NOT NULL AND leased_until > {0} ORDER BY leased_until LIMIT 1
        """;

    internal sealed record DueRow(string Id, long DueAt, string? Trace);

    internal sealed record FailedRow(int Failures);
}
