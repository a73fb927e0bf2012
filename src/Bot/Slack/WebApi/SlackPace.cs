using System.Collections.Concurrent;

namespace ChatGovernance.Bot.Slack.WebApi;

/// <summary>
/// When a method may be called again for a channel: posting keeps to Slack's rate
/// (https://docs.slack.dev/apis/web-api/rate-limits: about a message a second in a channel, short bursts are taken), and a
/// <c>Retry-After</c> holds back its own method and channel alone.
/// </summary>
internal sealed class SlackPace(TimeProvider time)
{
    private const double MessagesPerSecond = 1;
    private const double Burst = 2;

    private static readonly TimeSpan longest = TimeSpan.FromMinutes(5);

    // What has been idle for long says nothing any more.
    private const int Remembered = 10_000;

    private readonly ConcurrentDictionary<(string Method, string? Channel), Line> lines = new();

    /// <summary>
    /// How long to wait, or null: now, and one message is used up. Each that is turned away gets a place of its own, at most
    /// five minutes away: those that came together must not come back together.
    /// </summary>
    public TimeSpan? Take(string method, string? channel)
    {
        if (lines.Count > Remembered)
            lines.Clear();
        var line = lines.GetOrAdd((method, channel), _ => new Line());
        var now = time.GetUtcNow();
        lock (line)
        {
            if (line.HeldUntil > now)
                return line.HeldUntil - now;
            if (method != ApiMethod.PostMessage)
                return null;

            line.Left = Math.Min(Burst, line.Left + ((now - line.At).TotalSeconds * MessagesPerSecond));
            line.At = now;
            if (line.Left >= 1)
            {
                line.Left -= 1;
                return null;
            }

            var soonest = now + TimeSpan.FromSeconds((1 - line.Left) / MessagesPerSecond);
            var place = line.LastPlace + TimeSpan.FromSeconds(1 / MessagesPerSecond);
            line.LastPlace = place < soonest ? soonest : place > now + longest ? now + longest : place;
            return line.LastPlace - now;
        }
    }

    /// <summary>Slack asked to wait.</summary>
    public void Hold(string method, string? channel, TimeSpan wait)
    {
        var line = lines.GetOrAdd((method, channel), _ => new Line());
        lock (line)
            line.HeldUntil = time.GetUtcNow() + wait;
    }

    private sealed class Line
    {
        public DateTimeOffset HeldUntil { get; set; }

        public DateTimeOffset At { get; set; }

        public double Left { get; set; } = Burst;

        /// <summary>When the last one that was turned away may come again.</summary>
        public DateTimeOffset LastPlace { get; set; }
    }
}
