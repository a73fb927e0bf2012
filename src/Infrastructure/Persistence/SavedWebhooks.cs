using ChatGovernance.Core.Webhooks;
using ChatGovernance.Infrastructure.Observability;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence;

internal static class SavedWebhooks
{
    private const int RowsPerStatement = 100;
    private const int Columns = 7;

    /// <summary>In their order. One whose subject has an earlier event that waits for its next try waits with it.</summary>
    public static async Task Add(GovernanceContext db, IReadOnlyList<WebhookEvent> events, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var some in events.Chunk(RowsPerStatement))
        {
            var values = new List<object> { now.UtcTicks, Traces.Current ?? "" };
            var rows = new List<string>();
            foreach (var news in some)
            {
                var first = values.Count;
                var waiting = $"SELECT MAX(o.due_at) FROM webhook_events AS o WHERE o.due_at IS NOT NULL AND o.target = {{{first}}} AND o.subject = {{{first + 1}}} AND o.due_at > {{0}}";
                rows.Add($"({string.Join(", ", Enumerable.Range(first, Columns).Select(index => $"{{{index}}}"))}, 0, 0, COALESCE(({waiting}), {{0}}), NULLIF({{1}}, ''))");
                values.AddRange([news.Target, news.Subject.Value, news.EventId, news.Type, news.Number, news.At.UtcTicks, news.Body]);
            }

            await db.Execute(
                $"INSERT INTO webhook_events (target, subject, event_id, type, number, at, body, failures, thrown, due_at, trace) VALUES {string.Join(", ", rows)}",
                values,
                ct);
        }
    }

    /// <summary>How far one has come. Nothing stays of what was delivered, and for a while what was given up.</summary>
    public static async Task Progress(GovernanceContext db, PendingWebhook webhook, DateTimeOffset? notBefore, DateTimeOffset now, CancellationToken ct)
    {
        if (webhook.IsDelivered)
        {
            await db.WebhookEvents.Where(row => row.Id == webhook.Id).ExecuteDeleteAsync(ct);
            return;
        }

        DateTimeOffset? due = webhook.Dead is null ? notBefore ?? now : null;
        DateTimeOffset? diedAt = webhook.Dead is null ? null : now;
        await db.WebhookEvents.Where(row => row.Id == webhook.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Answer, webhook.Answer)
                .SetProperty(row => row.Failures, webhook.Failures)
                .SetProperty(row => row.Thrown, 0)
                .SetProperty(row => row.Dead, webhook.Dead)
                .SetProperty(row => row.DiedAt, diedAt)
                .SetProperty(row => row.DueAt, due),
            ct);
        if (due is not null)
            await WaitWithIt(db, webhook, due.Value, ct);
    }

    /// <summary>Due at once, as if each had just happened. False: not all of them are there and given up.</summary>
    public static async Task<bool> Resend(GovernanceContext db, IReadOnlyList<long> ids, DateTimeOffset now, CancellationToken ct) =>
        ids.Count == 0 || await db.WebhookEvents.Where(row => ids.Contains(row.Id) && row.DiedAt != null).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Dead, (string?)null)
                .SetProperty(row => row.DiedAt, (DateTimeOffset?)null)
                .SetProperty(row => row.Answer, (string?)null)
                .SetProperty(row => row.Failures, 0)
                .SetProperty(row => row.Thrown, 0)
                .SetProperty(row => row.ResentAt, now)
                .SetProperty(row => row.DueAt, now),
            ct) == ids.Count;

    /// <summary>Later events of the subject cannot be taken up before this one: they are not called due, either.</summary>
    private static Task WaitWithIt(GovernanceContext db, PendingWebhook webhook, DateTimeOffset due, CancellationToken ct)
    {
        var (target, subject) = (webhook.Event.Target, webhook.Event.Subject.Value);
        return db.WebhookEvents
            .Where(row => row.DueAt != null && row.Target == target && row.Subject == subject && row.Id > webhook.Id && row.DueAt < due)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, due), ct);
    }
}
