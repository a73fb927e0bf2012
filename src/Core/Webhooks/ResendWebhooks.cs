using System.Globalization;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Webhooks;

/// <summary>
/// Makes events due again that were given up: in the order in which they happened, and as if they had happened now, so that each is tried
/// as long as a new one. Those of a receiver that is not set up stay as they are: nobody would be told.
/// </summary>
public sealed class ResendWebhooks(IWebhooks webhooks, IWebhookTargets targets, ICommits commits, TimeProvider time)
{
    /// <param name="target">Only of this receiver; null: of all.</param>
    /// <param name="eventId">Only this event; null: all.</param>
    public async Task<ResentWebhooks> Run(string? target, string? eventId, CancellationToken ct)
    {
        while (true)
        {
            var dead = (await webhooks.Dead(target, eventId, ct)).ToLookup(one => targets.Names.Contains(one.Target));
            var resent = new ResentWebhooks([.. dead[true]], [.. dead[false]]);
            // Where somebody else was faster, or some were deleted meanwhile, it is looked anew.
            if (resent.Events.Count == 0 || await commits.Commit(Changes(resent.Events), ct) == CommitResult.Saved)
                return resent;
        }
    }

    private Changes Changes(IReadOnlyList<DeadWebhook> events) => new()
    {
        Resent = [.. events.Select(one => one.Id)],
        Audit = [.. events.GroupBy(one => one.Target).Select(Row)],
    };

    private AuditEntry Row(IGrouping<string, DeadWebhook> events) => new()
    {
        Kind = AuditKind.WebhooksResent,
        Subject = Subject.System,
        At = time.GetUtcNow(),
        Facts = new Dictionary<string, string>
        {
            ["target"] = events.Key,
            ["events"] = events.Count().ToString(CultureInfo.InvariantCulture),
            ["first-row"] = events.Min(one => one.Number).ToString(CultureInfo.InvariantCulture),
            ["last-row"] = events.Max(one => one.Number).ToString(CultureInfo.InvariantCulture),
        },
    };
}

/// <param name="Events">They are due again.</param>
/// <param name="LeftOut">Their receivers are not set up.</param>
public sealed record ResentWebhooks(IReadOnlyList<DeadWebhook> Events, IReadOnlyList<DeadWebhook> LeftOut);
