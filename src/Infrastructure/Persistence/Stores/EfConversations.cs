using ChatGovernance.Core.People;
using ChatGovernance.Infrastructure.Conversations;
using ChatGovernance.Infrastructure.Persistence.Json;
using ChatGovernance.Infrastructure.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfConversations(IDbContextFactory<GovernanceContext> contexts) : IConversations
{
    public async Task<Conversation?> Find(string id, CancellationToken ct) => (await Read(rows => rows.Where(row => row.Id == id), ct)).SingleOrDefault();

    public async Task<Conversation?> Of(ChatAccount account, CancellationToken ct) => (await Of([account], ct)).SingleOrDefault();

    public async Task<IReadOnlyList<Conversation>> Of(IReadOnlyCollection<ChatAccount> accounts, CancellationToken ct)
    {
        var written = accounts.Select(account => account.ToString()).ToList();
        var found = await Read(rows => rows.Where(row => row.Account != null && written.Contains(row.Account)).OrderByDescending(row => row.SeenAt), ct);
        return [.. found.DistinctBy(one => one.Account)];
    }

    public async Task<ChatAccount?> Known(string address, CancellationToken ct)
    {
        var written = address.ToLowerInvariant();
        var found = await Read(rows => rows.Where(row => row.Address == written), ct);
        return found.Select(one => one.Account).Distinct().ToList() is [{ } only] ? only : null;
    }

    public async Task<Conversation?> Last(CancellationToken ct) => (await Read(rows => rows.OrderByDescending(row => row.SeenAt).Take(1), ct)).SingleOrDefault();

    public async Task Keep(Conversation conversation, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Execute(
            """
            INSERT INTO conversations (id, service_url, account, member, address, seen_at, ended_at)
            VALUES ({0}, {1}, NULLIF({2}, ''), NULLIF({3}, ''), NULLIF({4}, ''), {5}, NULLIF({6}, 0))
            ON CONFLICT (id) DO UPDATE SET
                service_url = excluded.service_url, account = COALESCE(excluded.account, conversations.account), member = COALESCE(excluded.member, conversations.member),
                address = COALESCE(excluded.address, conversations.address), seen_at = excluded.seen_at, ended_at = excluded.ended_at
            """,
            [
                conversation.Id, conversation.ServiceUrl.AbsoluteUri, conversation.Account?.ToString() ?? "", conversation.Member ?? "",
                conversation.Address?.ToLowerInvariant() ?? "", conversation.SeenAt.UtcTicks, conversation.EndedAt?.UtcTicks ?? 0L,
            ],
            ct);
    }

    private async Task<IReadOnlyList<Conversation>> Read(Func<IQueryable<ConversationRow>, IQueryable<ConversationRow>> which, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await which(db.Conversations.AsNoTracking()).ToListAsync(ct);
        return [.. rows.Select(row => new Conversation(
            row.Id, new Uri(row.ServiceUrl), row.Account is null ? null : TextConverters.ReadAccount(row.Account), row.Member, row.Address, row.SeenAt, row.EndedAt))];
    }
}
