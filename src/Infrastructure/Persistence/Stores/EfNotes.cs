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
}
