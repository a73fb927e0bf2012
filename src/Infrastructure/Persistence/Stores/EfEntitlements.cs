using System.Linq.Expressions;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Json;
using ChatGovernance.Infrastructure.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfEntitlements(IDbContextFactory<GovernanceContext> contexts, IWake wake) : IEntitlements
{
    /// <summary>Parameters of one statement, far below what either database takes.</summary>
    private const int AtOnce = 500;

    private static readonly string active = new GrantState.Active(default, null).Name;
    private static readonly string[] live = [active, new GrantState.Started(default, default, null).Name];

    public async Task<Versioned<Entitlement>?> Load(EntitlementId id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return Read(await db.Entitlements.AsNoTracking().WithOpenParts().SingleOrDefaultAsync(row => row.Id == id.ToString(), ct));
    }

    public async Task<Versioned<Entitlement>?> Find(PersonId person, TargetId target, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return Read(await db.Entitlements.AsNoTracking().WithOpenParts()
            .SingleOrDefaultAsync(row => row.Person == person.Value && row.Target == target.ToString(), ct));
    }

    public async Task<Versioned<Entitlement>?> FindOf(RequestId request, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return Read(await db.Entitlements.AsNoTracking().WithOpenParts()
            .SingleOrDefaultAsync(row => db.Grants.Any(grant => grant.RequestId == request.ToString() && grant.EntitlementId == row.Id), ct));
    }

    public async Task<HeldGrant?> FindGrant(RequestId request, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.Grants.AsNoTracking().Where(grant => grant.RequestId == request.ToString())
            .Include(grant => grant.Entitlement).OrderByDescending(grant => grant.Ordinal).FirstOrDefaultAsync(ct);
        return row?.ToHeld();
    }

    public Task CheckSoon(IReadOnlyCollection<TargetId> targets, DateTimeOffset now, CancellationToken ct)
    {
        var names = targets.Select(target => target.ToString()).ToArray();
        return CheckSoon(row => names.Contains(row.Target), now, ct);
    }

    public async Task CheckSoon(IReadOnlyCollection<EntitlementId> ids, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var some in ids.Select(id => id.ToString()).Chunk(AtOnce))
            await CheckSoon(row => some.Contains(row.Id), now, ct);
    }

    public async Task<IReadOnlyList<EntitlementId>> WithGrants(PersonId? person, TargetId? target, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (whose, which) = (person?.Value, target?.ToString());
        var found = await db.Grants
            .Where(grant => grant.OverAt == null && (whose == null || grant.Entitlement!.Person == whose) && (which == null || grant.Entitlement!.Target == which))
            .Select(grant => grant.EntitlementId).Distinct().ToListAsync(ct);
        return [.. found.Select(id => new EntitlementId(RowIds.ReadGuid(id)))];
    }

    public async Task<IReadOnlyList<BegunGrant>> BegunGrants(PersonId person, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db.Grants.AsNoTracking()
            .Where(grant => grant.OverAt == null && live.Contains(grant.State) && grant.Entitlement!.Person == person.Value)
            .Include(grant => grant.Entitlement)
            .ToListAsync(ct);
        return [.. rows.Select(row => (Grant: row.ToGrant(), row.Entitlement!.Target))
            .Select(row => new BegunGrant(row.Grant.Id, TextConverters.ReadTarget(row.Target), (row.Grant.State as GrantState.Started)?.SentAt))];
    }

    public async Task<bool> HasLiveGrants(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Grants.AnyAsync(grant => grant.OverAt == null && grant.State == active, ct);
    }

    public async Task<IReadOnlyList<LiveGrant>> FindLive(
        IReadOnlyCollection<PersonId> people, IReadOnlyCollection<TargetId> targets, IReadOnlyCollection<string> targetNames, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = new Dictionary<string, LiveGrant>(StringComparer.Ordinal);
        foreach (var some in people.Select(person => person.Value).Chunk(AtOnce))
            await Find(grant => some.Contains(grant.Entitlement!.Person));
        foreach (var some in targets.Select(target => target.ToString()).Chunk(AtOnce))
            await Find(grant => some.Contains(grant.Entitlement!.Target));
        foreach (var some in targetNames.Chunk(AtOnce))
            await Find(grant => some.Contains(grant.Entitlement!.TargetName));
        return [.. found.Values];

        async Task Find(Expression<Func<GrantRow, bool>> which)
        {
            // From the grants that are not over, which an index holds: nothing is searched by name among all that ever were.
            await foreach (var row in db.Grants.AsNoTracking().Where(grant => grant.OverAt == null && grant.State == active).Where(which).Include(grant => grant.Entitlement).AsAsyncEnumerable().WithCancellation(ct))
            {
                var pair = row.Entitlement!;
                found[row.Id] = new LiveGrant(
                    new EntitlementId(RowIds.ReadGuid(pair.Id)), new PersonId(pair.Person), TextConverters.ReadTarget(pair.Target), pair.TargetName, row.ToGrant().CheckedAt);
            }
        }
    }

    private async Task CheckSoon(Expression<Func<EntitlementRow, bool>> which, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginWrite(ct);

        // The version too: whoever works on one of them now must see it before saving. The entitlement first, as every commit does.
        var changed = await db.Entitlements
            .Where(which).Where(row => row.Grants.Any(grant => grant.OverAt == null && grant.State == active && (grant.CheckAt == null || grant.CheckAt > now)))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.Version, row => row.Version + 1)
                    .SetProperty(row => row.DueAt, row => row.DueAt < now ? row.DueAt : now),
                ct);
        await db.Grants
            .Where(grant => grant.OverAt == null && grant.State == active && (grant.CheckAt == null || grant.CheckAt > now) && db.Entitlements.Where(which).Any(row => row.Id == grant.EntitlementId))
            .ExecuteUpdateAsync(set => set.SetProperty(grant => grant.CheckAt, now), ct);
        await transaction.CommitAsync(ct);
        if (changed > 0)
            wake.Wake(WorkKind.Entitlement);
    }

    public async Task<IReadOnlyList<TargetId>> TargetsWithLiveGrants(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var names = await db.Grants.Where(grant => grant.OverAt == null && live.Contains(grant.State))
            .Select(grant => grant.Entitlement!.Target).Distinct().ToListAsync(ct);
        return [.. names.Select(TextConverters.ReadTarget)];
    }

    public async Task<IReadOnlyList<PersonId>> PeopleWithGrants(PersonId? except, int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var name = except?.Value;
        var names = await db.Grants.Where(grant => grant.OverAt == null).Select(grant => grant.Entitlement!.Person).Where(person => person != name).Distinct().OrderBy(person => person).Take(max).ToListAsync(ct);
        return [.. names.Select(person => new PersonId(person))];
    }

    public async Task<IReadOnlyList<TargetId>> TargetsWithGrants(TargetId? except, int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var name = except?.ToString();
        var names = await db.Grants.Where(grant => grant.OverAt == null).Select(grant => grant.Entitlement!.Target).Where(target => target != name).Distinct().OrderBy(target => target).Take(max).ToListAsync(ct);
        return [.. names.Select(TextConverters.ReadTarget)];
    }

    private static Versioned<Entitlement>? Read(EntitlementRow? row) =>
        row is null ? null : new Versioned<Entitlement>(row.ToEntitlement(), row.Version);
}
