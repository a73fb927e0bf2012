namespace ChatGovernance.Infrastructure.Persistence.Rows;

/// <summary>Due until it was said or given up.</summary>
internal sealed class NoteRow : IWorkRow
{
    public long Id { get; set; }

    public required string Key { get; set; }

    public required string Subject { get; set; }

    public required string Audience { get; set; }

    /// <summary>Which thread, in one word to compare; empty: none. The document names its card.</summary>
    public required string Thread { get; set; }

    /// <summary>A <see cref="Json.NoteDocument"/>.</summary>
    public required string Document { get; set; }

    public string? Conversation { get; set; }

    public string? Message { get; set; }

    public string? AttemptKey { get; set; }

    public DateTimeOffset? AttemptAt { get; set; }

    public int AttemptPosts { get; set; }

    public string? Dead { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    public string? LeaseOwner { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    public int Failures { get; set; }

    /// <summary>How often work on it threw, in a row.</summary>
    public int Thrown { get; set; }

    public string? Trace { get; set; }
}
