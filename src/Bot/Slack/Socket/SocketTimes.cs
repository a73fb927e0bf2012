namespace ChatGovernance.Bot.Slack.Socket;

/// <summary>How patient Socket Mode is.</summary>
internal sealed record SocketTimes
{
    /// <summary>A connection on which nothing was heard is asked for a sign of life this often…</summary>
    public TimeSpan PingEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>…and is dead when none comes within this: 30 s of silence in all, as Slack's own clients have it.</summary>
    public TimeSpan PongWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>From the first packet to <c>hello</c>.</summary>
    public TimeSpan GreetedWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection that is replaced is left to Slack to close: until then something may still come over it.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What is in hand has this long to be acknowledged before a connection is closed, and Slack then this long to close it, too.</summary>
    public TimeSpan CloseWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A connection that was open for this long ended by no fault of its beginning.</summary>
    public TimeSpan Steady { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait after the first failure; doubled with each, at most <see cref="LongestWait"/>.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <param name="failures">In a row; 0: none, and what ended at the same moment for every replica is not begun again at the same moment.</param>
    /// <param name="jitter">From 0 to 1.</param>
    public TimeSpan Wait(int failures, double jitter)
    {
        var whole = Math.Min(LongestWait / FirstWait, Math.Pow(2, Math.Clamp(failures, 1, 20) - 1)) * FirstWait;
        return failures == 0 ? whole * jitter / 4 : whole * (1 - (jitter / 2));
    }
}
