using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfRequests(IDbContextFactory<GovernanceContext> contexts) : IRequests
{
    public async Task<Versioned<AccessRequest>?> Load(RequestId id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.Requests.AsNoTracking().Include(r => r.Votes).SingleOrDefaultAsync(r => r.Id == id.ToString(), ct);
        return row is null ? null : new Versioned<AccessRequest>(row.ToRequest(), row.Version);
    }

    public async Task<IReadOnlyList<AccessRequest>> Pending(int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db.Requests.AsNoTracking().Include(r => r.Votes)
            .Where(r => r.ClosedAt == null && r.State == "pending")
            .OrderBy(r => r.ReceivedAt).ThenBy(r => r.Id)
            .Take(max)
            .ToListAsync(ct);
        return [.. rows.Select(row => row.ToRequest())];
    }

    public async Task<int> CountOpenForOthers(PersonId filer, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Requests.CountAsync(r => r.Filer == filer.Value && r.Beneficiary != null && r.Beneficiary != filer.Value && r.ClosedAt == null, ct);
    }

    public async Task<RequestId?> FindOpen(PersonId beneficiary, TargetId target, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var id = await db.Requests
            .Where(r => r.Beneficiary == beneficiary.Value && r.Target == target.ToString() && r.ClosedAt == null)
            .Select(r => r.Id)
            .SingleOrDefaultAsync(ct);
        return id is null ? null : RowIds.ReadRequest(id);
    }
}
