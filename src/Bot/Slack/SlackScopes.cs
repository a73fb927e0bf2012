namespace ChatGovernance.Bot.Slack;

/// <summary>Scopes of the bot token, as the manifest asks for them.</summary>
internal static class SlackScopes
{
    /// <summary>Needed only where people are matched by their address.</summary>
    public const string Email = "users:read.email";

    public static readonly IReadOnlyList<string> Needed =
    [
        "channels:history", "channels:join", "channels:read", "chat:write", "commands", "groups:history", "groups:read", "im:history", "im:write", "users:read", Email,
    ];
}
