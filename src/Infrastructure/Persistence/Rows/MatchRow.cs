namespace ChatGovernance.Infrastructure.Persistence.Rows;

/// <summary>One for each account and person ever matched.</summary>
internal sealed class MatchRow
{
    public required string Account { get; set; }

    public required string Person { get; set; }

    public required string PersonName { get; set; }

    public required string Proof { get; set; }

    public required DateTimeOffset At { get; set; }
}
