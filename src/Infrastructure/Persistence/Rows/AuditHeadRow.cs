namespace ChatGovernance.Infrastructure.Persistence.Rows;

/// <summary>The last link; the one row is there from the start.</summary>
internal sealed class AuditHeadRow
{
    public const int OnlyId = 1;

    public required int Id { get; set; }

    /// <summary>0: no link yet.</summary>
    public required long Number { get; set; }

    public required byte[] Hash { get; set; }
}
