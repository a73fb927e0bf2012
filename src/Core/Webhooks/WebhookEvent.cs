using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Webhooks;

/// <summary>Something that happened, for one receiver. Its id and its body are fixed: each try sends the same.</summary>
public sealed record WebhookEvent
{
    /// <summary>The receiver's name.</summary>
    public required string Target { get; init; }

    /// <summary>A receiver is told of one subject in the order in which it happened.</summary>
    public required Subject Subject { get; init; }

    /// <summary>Unique for ever; the same for every receiver and at every try, so that a repeat is known.</summary>
    public required string EventId { get; init; }

    public required string Type { get; init; }

    /// <summary>Of the audit's row that it is about.</summary>
    public required long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Body { get; init; }
}
