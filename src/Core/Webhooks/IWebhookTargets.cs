namespace ChatGovernance.Core.Webhooks;

/// <summary>The receivers that are set up; nobody else is ever sent anything.</summary>
public interface IWebhookTargets
{
    /// <summary>Of all that are set up here.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>One try. It throws for nothing that the receiver does.</summary>
    Task<Posted> Post(WebhookEvent sent, CancellationToken ct);
}
