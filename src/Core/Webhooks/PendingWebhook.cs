namespace ChatGovernance.Core.Webhooks;

/// <summary>An event that was not delivered yet, or never will be.</summary>
public sealed record PendingWebhook
{
    /// <summary>In the order in which they happened.</summary>
    public required long Id { get; init; }

    public required WebhookEvent Event { get; init; }

    /// <summary>When it was made due again after it had been given up; null: never.</summary>
    public DateTimeOffset? ResentAt { get; init; }

    /// <summary>Its time runs from here.</summary>
    public DateTimeOffset Since => ResentAt ?? Event.At;

    /// <summary>Tries that brought nothing.</summary>
    public int Failures { get; init; }

    /// <summary>What the last try brought, in a word: <c>503</c>, <c>no-answer</c>; null: none was made.</summary>
    public string? Answer { get; init; }

    /// <summary>The receiver has it: nothing is kept of it.</summary>
    public bool IsDelivered { get; init; }

    /// <summary>Given up, and why, in a word.</summary>
    public string? Dead { get; init; }
}
