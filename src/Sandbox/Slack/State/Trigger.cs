namespace ChatGovernance.Sandbox.Slack.State;

/// <summary>A person's act that allows one dialog; for 3 seconds (https://docs.slack.dev/interactivity/handling-user-interaction).</summary>
internal sealed record Trigger(string Id, string UserId, DateTimeOffset At, bool FromView)
{
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(3);

    public bool Used { get; init; }
}
