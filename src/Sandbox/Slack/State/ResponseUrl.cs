namespace ChatGovernance.Sandbox.Slack.State;

/// <summary>
/// Where the app answers an interaction afterwards: 5 times within 30 minutes
/// (https://docs.slack.dev/interactivity/handling-user-interaction#message_responses).
/// </summary>
internal sealed record ResponseUrl(string Key, string UserId, string ChannelId, DateTimeOffset At, string? MessageTs, string? ThreadTs)
{
    public const int Uses = 5;
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public int Used { get; init; }
}
