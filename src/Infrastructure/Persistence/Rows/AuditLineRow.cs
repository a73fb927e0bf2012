namespace ChatGovernance.Infrastructure.Persistence.Rows;

/// <summary>A link of the chain. The payload is what is hashed; the columns before it are for queries.</summary>
internal sealed class AuditLineRow
{
    public required long Number { get; set; }

    public required DateTimeOffset At { get; set; }

    public required string Kind { get; set; }

    public required string Subject { get; set; }

    /// <summary>Canonical JSON (RFC 8785).</summary>
    public required string Payload { get; set; }

    public required byte[] PreviousHash { get; set; }

    public required byte[] Hash { get; set; }
}
