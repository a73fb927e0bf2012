using ChatGovernance.Bot.Chat;

namespace ChatGovernance.Bot.Slack.WebApi;

/// <summary>
/// When a method may be called again for a channel: posting keeps to Slack's rate
/// (https://docs.slack.dev/apis/web-api/rate-limits: about a message a second in a channel, short bursts are taken).
/// </summary>
internal sealed class SlackPace(TimeProvider time)
{
    private readonly SendingPace pace = new(perSecond: 1, burst: 2, time);

    /// <summary>How long to wait, or null: now, and one message is used up.</summary>
    public TimeSpan? Take(string method, string? channel) => pace.Take(Line(method, channel), posts: method == ApiMethod.PostMessage);

    /// <summary>Slack asked to wait.</summary>
    public void Hold(string method, string? channel, TimeSpan wait) => pace.Hold(Line(method, channel), wait);

    private static string Line(string method, string? channel) => $"{method} {channel}";
}
