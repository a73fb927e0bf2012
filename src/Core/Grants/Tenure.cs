namespace ChatGovernance.Core.Grants;

/// <summary>The period in which an entitlement is ours to manage.</summary>
public sealed record Tenure
{
    public required Guid Id { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The person held the target before our first change: we never take it away.</summary>
    public required bool HeldBefore { get; init; }

    /// <summary>When our first change may have gone out; until then <see cref="HeldBefore"/> is read again.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When our removal may have gone out: from then on its absence is our own doing.</summary>
    public DateTimeOffset? RemovalSentAt { get; init; }
}
