using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Observability;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfInbox(IDbContextFactory<GovernanceContext> contexts, IWake wake, TimeProvider time) : IInbox
{
    private readonly InboxWriter writer = new(contexts);

    public async Task<Accepted> Accept(Delivery delivery, CancellationToken ct)
    {
        var row = new ArrivedRow(delivery.Key, delivery.Subject.Value, delivery.Kind, delivery.Payload, delivery.Answer, time.GetUtcNow().UtcTicks, Traces.Current ?? "");
        var stored = await writer.Store(row, ct);
        if (!stored.IsRepeat)
            wake.Wake(WorkKind.Inbox);
        return new Accepted(!stored.IsRepeat, stored.Answer);
    }

    public async Task<byte[]?> Answered(IReadOnlyList<string> keys, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var stored = await db.Inbox.AsNoTracking().Where(row => keys.Contains(row.Key)).Select(row => new { row.Key, row.Answer }).ToListAsync(ct);
        return keys.Join(stored, key => key, row => row.Key, (_, row) => row.Answer).FirstOrDefault();
    }

    public async Task<StoredDelivery?> Load(long id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.Inbox.AsNoTracking().SingleOrDefaultAsync(stored => stored.Id == id, ct);
        return row is null
            ? null
            : new StoredDelivery(row.Id, row.ReceivedAt, new Delivery(row.Key, new Subject(row.Subject), row.Kind, row.Payload, row.Answer), row.Failures);
    }

    public async Task<bool> Waits(Subject subject, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Inbox.AnyAsync(row => row.Subject == subject.Value && row.DueAt != null, ct);
    }
}
