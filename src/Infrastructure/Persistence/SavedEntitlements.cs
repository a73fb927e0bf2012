using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence;

internal static class SavedEntitlements
{
    /// <summary>False: somebody else saved it first, or there is another one of the same person and target.</summary>
    public static async Task<bool> Save(GovernanceContext db, Versioned<Entitlement> entitlement, DateTimeOffset? notBefore, DateTimeOffset now, CancellationToken ct)
    {
        var value = entitlement.Value;
        var row = await db.Entitlements.WithOpenParts().SingleOrDefaultAsync(e => e.Id == value.Id.ToString(), ct);
        if ((row?.Version ?? 0) != entitlement.Version)
            return false;

        if (row is null)
            db.Entitlements.Add(row = EntitlementMapping.NewRow(value, now));
        else
            row.Take(value, now);
        row.Version = entitlement.Version + 1;
        row.DueAt = Saving.NotBefore(row.DueAt, notBefore);
        row.Trace = Saving.TraceOf(row.DueAt, now);

        TakeTenure(row, value, now);
        await TakeGrants(db, row, value, now, ct);
        return await Saving.Save(db, ct);
    }

    /// <summary>Nothing was to be done: it is due again when its own state says so. The caller has locked the row.</summary>
    public static async Task Reschedule(GovernanceContext db, string id, DateTimeOffset now, CancellationToken ct)
    {
        var row = await db.Entitlements.WithOpenParts().SingleAsync(e => e.Id == id, ct);
        row.DueAt = EntitlementMapping.DueAt(row.ToEntitlement(), now);
        row.Trace = Saving.TraceOf(row.DueAt, now);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>With the grants that are not over and the open tenure.</summary>
    public static IQueryable<EntitlementRow> WithOpenParts(this IQueryable<EntitlementRow> entitlements) => entitlements
        .Include(row => row.Grants.Where(grant => grant.OverAt == null))
        .Include(row => row.Tenures.Where(tenure => tenure.ClosedAt == null));

    private static void TakeTenure(EntitlementRow row, Entitlement value, DateTimeOffset now)
    {
        var open = row.Tenures.SingleOrDefault(tenure => tenure.ClosedAt is null);
        if (open is not null && open.Id == (value.Tenure is { } same ? RowIds.Write(same.Id) : null))
        {
            open.Take(value.Tenure!);
            return;
        }

        if (open is not null)
            open.ClosedAt = now;
        if (value.Tenure is { } opened)
            row.Tenures.Add(EntitlementMapping.NewRow(value.Id, opened));
    }

    private static async Task TakeGrants(GovernanceContext db, EntitlementRow row, Entitlement value, DateTimeOffset now, CancellationToken ct)
    {
        var added = new List<Grant>();
        foreach (var grant in value.Grants)
        {
            if (row.Grants.Find(known => known.Id == grant.Id.ToString()) is { } known)
                known.Take(grant, now);
            else
                added.Add(grant);
        }

        if (added.Count == 0)
            return;
        var next = (await db.Grants.Where(grant => grant.EntitlementId == row.Id).MaxAsync(grant => (int?)grant.Ordinal, ct) ?? -1) + 1;
        row.Grants.AddRange(added.Select((grant, index) => EntitlementMapping.NewRow(value.Id, grant, next + index, now)));
    }
}
