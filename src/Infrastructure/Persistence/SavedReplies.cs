using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Persistence;

internal static class SavedReplies
{
    /// <summary>False: the key has an answer already, and not one that is too old to count. A caller who is just being answered under it is waited for.</summary>
    public static async Task<bool> Add(GovernanceContext db, Reply reply, CancellationToken ct) =>
        await db.Execute(
            """
            INSERT INTO replies (key, "call", answer, at) VALUES ({0}, {1}, {2}, {3})
            ON CONFLICT (key) DO UPDATE SET "call" = excluded."call", answer = excluded.answer, at = excluded.at WHERE replies.at < {4}
            """,
            [reply.Key, reply.Call, reply.Answer, reply.At.UtcTicks, (reply.At - Reply.Kept).UtcTicks],
            ct) == 1;
}
