namespace ChatGovernance.Infrastructure.Persistence.Rows;

/// <summary>A delivery. Not due any more: handled, or set aside.</summary>
internal sealed class InboxRow : IWorkRow
{
    public long Id { get; set; }

    public required string Key { get; set; }

    public required string Subject { get; set; }

    public required string Kind { get; set; }

    public required byte[] Payload { get; set; }

    public required byte[] Answer { get; set; }

    public required DateTimeOffset ReceivedAt { get; set; }

    /// <summary>Not counted any more, because counting locked the row; migrations only add, so the column stays.</summary>
    public int Repeats { get; set; }

    public DateTimeOffset? HandledAt { get; set; }

    /// <summary>Set when it was given up: why, in a word.</summary>
    public string? SetAside { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    public string? LeaseOwner { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    public int Failures { get; set; }

    public string? Trace { get; set; }
}
