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

    /// <summary>When all that it rests on was last read and found in order; null before it is confirmed.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    public DateTimeOffset? EndsAt => State switch
    {
        GrantState.Started started => started.EndsAt,
        GrantState.Active active => active.EndsAt,
        _ => null,
    };

    /// <summary>All that it rests on is in order now; it is read again in a day at the latest.</summary>
    internal Grant Checked(DateTimeOffset now) => this with { CheckedAt = now, CheckAt = now + Entitlement.CheckEvery };

    /// <summary>The end of a grant whose clock starts now.</summary>
    public DateTimeOffset? EndFrom(DateTimeOffset now) => Length switch
    {
        AccessLength.For span => now + span.Length,
        AccessLength.Window window => window.To,
        AccessLength.WithoutEnd => null,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
