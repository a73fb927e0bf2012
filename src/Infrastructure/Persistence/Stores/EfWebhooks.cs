using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfWebhooks(IDbContextFactory<GovernanceContext> contexts) : IWebhooks
{
    public async Task<PendingWebhook?> Load(long id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.WebhookEvents.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } row ? null : new PendingWebhook
        {
            Id = row.Id,
            Event = new WebhookEvent
            {
                Target = row.Target,
                Subject = new Subject(row.Subject),
                EventId = row.EventId,
                Type = row.Type,
                Number = row.Number,
                At = row.At,
                Body = row.Body,
            },
            ResentAt = row.ResentAt,
            Failures = row.Failures,
            Answer = row.Answer,
            Dead = row.Dead,
        };
    }

    public async Task<IReadOnlyList<DeadWebhook>> Dead(string? target, string? eventId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.WebhookEvents
            .Where(row => row.DiedAt != null && (target == null || row.Target == target) && (eventId == null || row.EventId == eventId))
            .OrderBy(row => row.Id)
            .Select(row => new DeadWebhook(row.Id, row.Target, row.EventId, row.Number))
            .ToListAsync(ct);
    }

    public async Task Forget(DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.WebhookEvents.Where(row => row.DiedAt != null && row.DiedAt < before).ExecuteDeleteAsync(ct);
    }
}
