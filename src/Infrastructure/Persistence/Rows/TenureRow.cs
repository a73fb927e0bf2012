namespace ChatGovernance.Infrastructure.Persistence.Rows;

internal sealed class TenureRow
{
    public required string Id { get; set; }

    public required string EntitlementId { get; set; }

    public required DateTimeOffset OpenedAt { get; set; }

    /// <summary>Closed ones are kept.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    public required bool HeldBefore { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? RemovalSentAt { get; set; }
}
