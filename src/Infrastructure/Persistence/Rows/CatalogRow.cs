namespace ChatGovernance.Infrastructure.Persistence.Rows;

/// <summary>The last good snapshot of what can be requested; one row at most.</summary>
internal sealed class CatalogRow
{
    public const int OnlyId = 1;

    public required int Id { get; set; }

    public required byte[] Snapshot { get; set; }

    public required DateTimeOffset At { get; set; }
}
