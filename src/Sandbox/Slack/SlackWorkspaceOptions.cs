namespace ChatGovernance.Sandbox.Slack;

/// <summary>How a workspace is set up. All ids are fixed, so that realms and tests can name them.</summary>
public sealed record SlackWorkspaceOptions
{
    /// <summary>The clock of trigger ids, signatures, response URLs, rate limits and of the 3 seconds that an app has.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Loopback port; 0 takes a free one.</summary>
    public int Port { get; init; }

    public string TeamId { get; init; } = "T0000001";
    public string TeamDomain { get; init; } = "sandbox";
    public string TeamName { get; init; } = "Example Ltd";

    /// <summary>Set: the workspace is part of a Grid organisation.</summary>
    public string? EnterpriseId { get; init; }

    public string AppId { get; init; } = "A0000001";
    public string BotUserId { get; init; } = "U0BOT001";
    public string BotId { get; init; } = "B0000001";
    public string BotName { get; init; } = "chatgovernance";

    public string BotToken { get; init; } = "xoxb-sandbox";

    /// <summary>What the bot's token may do, as each answer says; calls are not held to it.</summary>
    public IReadOnlyList<string> Scopes { get; init; } =
    [
        "channels:history", "channels:join", "channels:read", "chat:write", "commands", "groups:history", "groups:read", "im:history", "im:write", "users:read", "users:read.email",
    ];

    /// <summary>For Socket Mode.</summary>
    public string AppToken { get; init; } = "xapp-sandbox";

    public string SigningSecret { get; init; } = "sandbox-signing-secret";

    /// <summary>Where the app listens; may be set later by <see cref="SlackWorkspace.BotUrl"/>. Nowhere: over Socket Mode, where the app has opened a connection.</summary>
    public Uri? BotUrl { get; init; }

    /// <summary>Whether calls beyond Slack's rates are refused with 429.</summary>
    public bool EnforceRateLimits { get; init; }

    /// <summary>Slash commands that the app has registered.</summary>
    public IReadOnlyList<SlackCommand> Commands { get; init; } = [new("/request-access", "Ask for access, see or end what you have", "[what you need | help | status]")];

    /// <summary>Who is there from the start.</summary>
    public IReadOnlyList<SlackUser> People { get; init; } = SandboxPeople.Default;

    /// <summary>Public channels that are there from the start, everybody and the app in them.</summary>
    public IReadOnlyList<string> Channels { get; init; } = ["general", "access-audit"];
}
