using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Json;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence;

internal static class SavedRequests
{
    /// <summary>False: somebody else saved it first, or another one is open for the same person and target.</summary>
    public static async Task<bool> Save(GovernanceContext db, Versioned<AccessRequest> request, DateTimeOffset? notBefore, DateTimeOffset now, CancellationToken ct)
    {
        var value = request.Value;
        var row = await db.Requests.Include(r => r.Votes).SingleOrDefaultAsync(r => r.Id == value.Id.ToString(), ct);
        if ((row?.Version ?? 0) != request.Version)
            return false;

        if (row is null)
            db.Requests.Add(row = RequestMapping.NewRow(value, now));
        else
            row.Take(value, now);
        row.Version = request.Version + 1;
        row.DueAt = Saving.NotBefore(row.DueAt, notBefore);
        row.Trace = Saving.TraceOf(row.DueAt, now);

        foreach (var (ordinal, vote) in value.Votes.Index())
        {
            if (row.Votes.Find(known => known.Id == RowIds.Write(vote.Id)) is { } known)
                known.State = Documents.Write(vote.State);
            else
                row.Votes.Add(RequestMapping.NewRow(value.Id, vote, ordinal));
        }

        return await Saving.Save(db, ct);
    }

    /// <summary>Nothing was to be done: it is due again when its own state says so. The caller has locked the row.</summary>
    public static async Task Reschedule(GovernanceContext db, string id, DateTimeOffset now, CancellationToken ct)
    {
        var row = await db.Requests.Include(r => r.Votes).SingleAsync(r => r.Id == id, ct);
        row.DueAt = RequestMapping.DueAt(row.ToRequest(), now);
        row.Trace = Saving.TraceOf(row.DueAt, now);
        await db.SaveChangesAsync(ct);
    }
}
