using ChatGovernance.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfReplies(IDbContextFactory<GovernanceContext> contexts) : IReplies
{
    private const int AtOnce = 500;

    public async Task<Reply?> Find(string key, DateTimeOffset since, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Replies.AsNoTracking().Where(row => row.Key == key && row.At >= since).Select(row => new Reply(row.Key, row.Call, row.Answer, row.At)).SingleOrDefaultAsync(ct);
    }

    public async Task Forget(DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        List<string> keys;
        do
        {
            keys = await db.Replies.Where(row => row.At < before).OrderBy(row => row.At).Select(row => row.Key).Take(AtOnce).ToListAsync(ct);
            await db.Replies.Where(row => keys.Contains(row.Key)).ExecuteDeleteAsync(ct);
        }
        while (keys.Count == AtOnce);
    }
}
