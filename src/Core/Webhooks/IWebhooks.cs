namespace ChatGovernance.Core.Webhooks;

/// <summary>Events that are stored.</summary>
public interface IWebhooks
{
    Task<PendingWebhook?> Load(long id, CancellationToken ct);
}
