using System.Globalization;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Webhooks;

/// <summary>
/// Delivers one event, at least once: a receiver that has taken it is sent it again where the process ended before that was saved. While it is
/// tried again, later events of its subject wait for it; one that is given up holds up nothing any more.
/// </summary>
public sealed class DeliverWebhook(IWebhooks webhooks, IWebhookTargets targets, ICommits commits, TimeProvider time)
{
    public async Task Run(Lease lease, CancellationToken ct)
    {
        // Nothing is kept of one that was delivered: then another worker has done it, and the lease is lost with the row.
        if (await Load(lease, ct) is not { Dead: null } pending)
            return;

        var posted = await targets.Post(pending.Event, ct);
        var (after, again) = WebhookPolicy.Follow(pending, posted, time.GetUtcNow(), Random.Shared.NextDouble());
        await commits.Commit(new Changes { Under = lease, Release = again is { } at ? new Release.Later(at) : new Release.Done(), Webhook = after }, ct);
    }

    /// <summary>Sets an event aside on which work threw again and again.</summary>
    /// <param name="code">One word for what went wrong, nothing personal.</param>
    public async Task<CommitResult> GiveUp(Lease lease, string code, CancellationToken ct) => await Load(lease, ct) is { } pending
        ? await commits.Commit(new Changes { Under = lease, Release = new Release.Done(), Webhook = pending with { Dead = code } }, ct)
        : CommitResult.LeaseLost;

    private Task<PendingWebhook?> Load(Lease lease, CancellationToken ct) => webhooks.Load(long.Parse(lease.Id, CultureInfo.InvariantCulture), ct);
}
