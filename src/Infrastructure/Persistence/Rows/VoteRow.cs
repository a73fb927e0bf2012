using ChatGovernance.Core.Approvals;

namespace ChatGovernance.Infrastructure.Persistence.Rows;

internal sealed class VoteRow
{
    public required string Id { get; set; }

    public required string RequestId { get; set; }

    /// <summary>Its place in the order of receipt, from 0.</summary>
    public required int Ordinal { get; set; }

    public required string Caster { get; set; }

    public required Choice Choice { get; set; }

    public string? Reason { get; set; }

    /// <summary>In ticks.</summary>
    public long? AtMost { get; set; }

    public required DateTimeOffset ReceivedAt { get; set; }

    public required int Stage { get; set; }

    /// <summary>A <see cref="VoteState"/> as JSON.</summary>
    public required string State { get; set; }
}
