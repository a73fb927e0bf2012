namespace ChatGovernance.Infrastructure.Persistence;

/// <summary>
/// The database's clock: what was measured last, and the time that has passed since by a clock that nobody sets. Leases and due
/// times go by it, so that replicas whose clocks differ agree on what is due, and a clock that is set ends nothing early.
/// </summary>
public sealed class DatabaseTime(TimeProvider system) : TimeProvider
{
    /// <summary>From here on a machine's clock is not to be worked by, even corrected: what sets it may do so again at any moment.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private Measured? measured;
    private bool isThisMachines;

    /// <summary>How far the database's clock is ahead of this machine's; negative: behind. Zero until it was measured.</summary>
    public TimeSpan Offset => measured is null ? TimeSpan.Zero : GetUtcNow() - system.GetUtcNow();

    /// <summary>Nobody knows yet how far the clocks are apart.</summary>
    public bool IsUnknown => measured is null && !isThisMachines;

    /// <summary>This machine's clock and the database's differ by more than <see cref="Tolerance"/>, or may: nothing is worked on by it.</summary>
    public bool IsFarOff => IsUnknown || Offset.Duration() > Tolerance;

    public override TimeZoneInfo LocalTimeZone => system.LocalTimeZone;

    public override long TimestampFrequency => system.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => measured is { } last ? last.Now + system.GetElapsedTime(last.At) : system.GetUtcNow();

    public override long GetTimestamp() => system.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        system.CreateTimer(callback, state, dueTime, period);

    /// <summary>The database has no clock but this machine's.</summary>
    internal void BeThisMachines() => isThisMachines = true;

    /// <param name="now">What the database's clock says at this moment.</param>
    internal void Set(DateTimeOffset now) => measured = new Measured(now, system.GetTimestamp());

    private sealed record Measured(DateTimeOffset Now, long At);
}
