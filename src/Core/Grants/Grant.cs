using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Grants;

/// <summary>An interval of time in which somebody should hold a target.</summary>
public sealed record Grant
{
    public required GrantId Id { get; init; }

    public required RequestId Request { get; init; }

    public required GrantBasis Basis { get; init; }

    public required AccessLength Length { get; init; }

    public required GrantState State { get; init; }

    /// <summary>Null once no reminder is left for the present end.</summary>
    public DateTimeOffset? RemindAt { get; init; }

    /// <summary>When the facts that a live grant rests on are read again.</summary>
    public DateTimeOffset? CheckAt { get; init; }

    public DateTimeOffset? EndsAt => State switch
    {
        GrantState.Started started => started.EndsAt,
        GrantState.Active active => active.EndsAt,
        _ => null,
    };

    /// <summary>The end of a grant whose clock starts now.</summary>
    public DateTimeOffset? EndFrom(DateTimeOffset now) => Length switch
    {
        AccessLength.For span => now + span.Length,
        AccessLength.Window window => window.To,
        AccessLength.WithoutEnd => null,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
