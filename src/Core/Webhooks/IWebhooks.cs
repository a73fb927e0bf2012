namespace ChatGovernance.Core.Webhooks;

/// <summary>Events that are stored.</summary>
public interface IWebhooks
{
    Task<PendingWebhook?> Load(long id, CancellationToken ct);

    /// <summary>What was given up and is still kept, in the order in which it happened.</summary>
    /// <param name="target">Only of this receiver; null: of all.</param>
    /// <param name="eventId">Only this event, which each receiver may have missed; null: all.</param>
    Task<IReadOnlyList<DeadWebhook>> Dead(string? target, string? eventId, CancellationToken ct);

    /// <summary>Deletes what was given up before this instant. Of what was delivered nothing is kept.</summary>
    Task Forget(DateTimeOffset before, CancellationToken ct);
}
