namespace ChatGovernance.Infrastructure.Persistence.Rows;

internal sealed class EntitlementRow : IWorkRow
{
    public required string Id { get; set; }

    public long Version { get; set; }

    public required string Person { get; set; }

    public required string PersonName { get; set; }

    public required string Target { get; set; }

    public required string TargetName { get; set; }

    public DateTimeOffset? EmergencyDeniedAt { get; set; }

    /// <summary>A <see cref="Core.Grants.Retry"/> as JSON.</summary>
    public string? Retry { get; set; }

    public List<GrantRow> Grants { get; set; } = [];

    public List<TenureRow> Tenures { get; set; } = [];

    public DateTimeOffset? DueAt { get; set; }

    public string? LeaseOwner { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    public int Failures { get; set; }

    public string? Trace { get; set; }
}
