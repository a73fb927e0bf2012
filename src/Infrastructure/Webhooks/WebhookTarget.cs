namespace ChatGovernance.Infrastructure.Webhooks;

/// <summary>A receiver.</summary>
/// <param name="Name">In rows, metrics and what the doctor says.</param>
/// <param name="Secrets">One, or two while they are exchanged; each signs.</param>
/// <param name="Events">How the types begin that it is sent; none: all.</param>
internal sealed record WebhookTarget(string Name, Uri Url, IReadOnlyList<byte[]> Secrets, IReadOnlyList<string> Events)
{
    public bool Wants(string type) => Events.Count == 0 || Events.Any(beginning => type.StartsWith(beginning, StringComparison.Ordinal));
}
