namespace ChatGovernance.Sandbox.Slack;

/// <summary>An account as <c>users.info</c> tells of it.</summary>
public sealed record SlackUser
{
    /// <summary><c>U…</c>, unique in the workspace.</summary>
    public required string Id { get; init; }

    /// <summary>The handle (<c>alice</c>), which decides nothing.</summary>
    public required string Name { get; init; }

    public required string RealName { get; init; }

    /// <summary>Address in the profile; nothing for bots and for people of another workspace.</summary>
    public string? Email { get; init; }

    /// <summary>The workspace that the person belongs to; another than ours in a shared channel.</summary>
    public required string TeamId { get; init; }

    public bool IsEmailConfirmed { get; init; } = true;

    public bool IsDeleted { get; init; }

    public bool IsBot { get; init; }

    /// <summary>A multi-channel guest (<c>is_restricted</c>).</summary>
    public bool IsGuest { get; init; }

    /// <summary>A single-channel guest (<c>is_ultra_restricted</c>), who is restricted as well.</summary>
    public bool IsSingleChannelGuest { get; init; }
}
