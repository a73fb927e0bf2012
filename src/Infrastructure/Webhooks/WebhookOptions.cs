namespace ChatGovernance.Infrastructure.Webhooks;

/// <summary>The section <c>Webhooks</c> of the configuration: receivers by their keys, <c>Webhooks:0</c>, …</summary>
internal sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    public IDictionary<string, WebhookTargetOptions> Targets { get; } = new SortedDictionary<string, WebhookTargetOptions>(StringComparer.Ordinal);
}
