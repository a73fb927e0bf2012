using System.Collections.Immutable;

namespace ChatGovernance.Sandbox.Slack;

/// <summary>A public or private channel, or a direct message.</summary>
public sealed record SlackChannel
{
    /// <summary><c>C…</c> for channels, <c>D…</c> for direct messages.</summary>
    public required string Id { get; init; }

    /// <summary>Without <c>#</c>; empty for a direct message.</summary>
    public required string Name { get; init; }

    public bool IsPrivate { get; init; }

    public bool IsDirect { get; init; }

    public bool IsArchived { get; init; }

    public ImmutableHashSet<string> Members { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }
}
