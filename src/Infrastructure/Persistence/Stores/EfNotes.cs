using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfNotes(IDbContextFactory<GovernanceContext> contexts) : INotes
{
    public async Task<PendingNote?> Load(long id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await db.Notes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct))?.ToNote();
    }

    public async Task<IReadOnlyList<PendingNote>> After(PendingNote note, int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (audience, thread) = (note.Note.Audience.ToString(), MessageMapping.ThreadOf(note.Note));
        var key = note.Attempt is { } attempt ? RowIds.Write(attempt.Key) : null;
        var rows = await db.Notes.AsNoTracking()
            .Where(row => row.DueAt != null && row.Audience == audience && row.Thread == thread && row.Id > note.Id && row.AttemptKey == key)
            .OrderBy(row => row.Id).Take(max).ToListAsync(ct);
        return [.. rows.Select(row => row.ToNote())];
    }
}
