using System.Collections.Concurrent;

namespace ChatGovernance.Bot.Chat;

/// <summary>
/// When something may be sent again, line by line: what posts keeps to a rate, and a <c>Retry-After</c> holds back its own line
/// alone.
/// </summary>
/// <param name="perSecond">Posts in one line.</param>
/// <param name="burst">So many are taken at once.</param>
internal sealed class SendingPace(double perSecond, double burst, TimeProvider time)
{
    private static readonly TimeSpan longest = TimeSpan.FromMinutes(5);

    // What has been idle for long says nothing any more.
    private const int Remembered = 10_000;

    private readonly ConcurrentDictionary<string, Line> lines = new();

    /// <summary>
    /// How long to wait, or null: now, and one message is used up. Each that is turned away gets a place of its own, at most
    /// five minutes away: those that came together must not come back together.
    /// </summary>
    /// <param name="of">The line.</param>
    /// <param name="posts">Whether it counts by the rate.</param>
    public TimeSpan? Take(string of, bool posts)
    {
        if (lines.Count > Remembered)
            lines.Clear();
        var line = lines.GetOrAdd(of, _ => new Line(burst));
        var now = time.GetUtcNow();
        lock (line)
        {
            if (line.HeldUntil > now)
                return line.HeldUntil - now;
            if (!posts)
                return null;

            line.Left = Math.Min(burst, line.Left + ((now - line.At).TotalSeconds * perSecond));
            line.At = now;
            if (line.Left >= 1)
            {
                line.Left -= 1;
                return null;
            }

            var soonest = now + TimeSpan.FromSeconds((1 - line.Left) / perSecond);
            var place = line.LastPlace + TimeSpan.FromSeconds(1 / perSecond);
            line.LastPlace = place < soonest ? soonest : place > now + longest ? now + longest : place;
            return line.LastPlace - now;
        }
    }

    /// <summary>The platform asked to wait.</summary>
    public void Hold(string of, TimeSpan wait)
    {
        var line = lines.GetOrAdd(of, _ => new Line(burst));
        lock (line)
            line.HeldUntil = time.GetUtcNow() + wait;
    }

    private sealed class Line(double burst)
    {
        public DateTimeOffset HeldUntil { get; set; }

        public DateTimeOffset At { get; set; }

        public double Left { get; set; } = burst;

        /// <summary>When the last one that was turned away may come again.</summary>
        public DateTimeOffset LastPlace { get; set; }
    }
}
