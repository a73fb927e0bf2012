namespace ChatGovernance.Infrastructure.Persistence.Rows;

/// <summary>An event for one receiver. Due until it was given up; one that was delivered is deleted.</summary>
internal sealed class WebhookEventRow : IWorkRow
{
    public long Id { get; set; }

    /// <summary>The receiver's name.</summary>
    public required string Target { get; set; }

    public required string Subject { get; set; }

    public required string EventId { get; set; }

    public required string Type { get; set; }

    /// <summary>Of the audit's row.</summary>
    public required long Number { get; set; }

    /// <summary>When it happened: its time runs from here, unless it was sent again.</summary>
    public required DateTimeOffset At { get; set; }

    /// <summary>As it is sent, in UTF-8.</summary>
    public required string Body { get; set; }

    /// <summary>What the last try brought, in a word; null: none was made.</summary>
    public string? Answer { get; set; }

    /// <summary>Why it was given up, in a word.</summary>
    public string? Dead { get; set; }

    public DateTimeOffset? DiedAt { get; set; }

    /// <summary>When it was made due again after it had been given up: then its time runs from here.</summary>
    public DateTimeOffset? ResentAt { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    public string? LeaseOwner { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    public int Failures { get; set; }

    /// <summary>How often work on it threw, in a row.</summary>
    public int Thrown { get; set; }

    public string? Trace { get; set; }
}
