using ChatGovernance.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfReplies(IDbContextFactory<GovernanceContext> contexts) : IReplies
{
    private const int AtOnce = 5000;

    public async Task<Reply?> Find(string key, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Replies.AsNoTracking().Where(row => row.Key == key).Select(row => new Reply(row.Key, row.Call, row.Answer, row.At)).SingleOrDefaultAsync(ct);
    }

    public async Task Forget(DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var keys = await db.Replies.Where(row => row.At < before).OrderBy(row => row.At).Select(row => row.Key).Take(AtOnce).ToListAsync(ct);
        foreach (var some in keys.Chunk(500))
            await db.Replies.Where(row => some.Contains(row.Key)).ExecuteDeleteAsync(ct);
    }
}
