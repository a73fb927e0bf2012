namespace ChatGovernance.Infrastructure.Persistence.Rows;

internal sealed class RequestRow : IWorkRow
{
    public required string Id { get; set; }

    public long Version { get; set; }

    /// <summary>The state's name; the document holds the whole state.</summary>
    public required string State { get; set; }

    public string? Filer { get; set; }

    public string? FilerAccount { get; set; }

    public string? Beneficiary { get; set; }

    public required string Target { get; set; }

    public required string TargetName { get; set; }

    public required DateTimeOffset ReceivedAt { get; set; }

    /// <summary>When the outcome came; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>A <see cref="Json.RequestDocument"/>.</summary>
    public required string Document { get; set; }

    public List<VoteRow> Votes { get; set; } = [];

    public DateTimeOffset? DueAt { get; set; }

    public string? LeaseOwner { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    public int Failures { get; set; }

    public string? Trace { get; set; }
}
