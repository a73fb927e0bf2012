namespace ChatGovernance.Infrastructure.Persistence;

/// <summary>
/// The database's clock: the system's, set right by what was measured last. Leases and due times go by it, so that
/// replicas whose clocks differ agree on what is due.
/// </summary>
public sealed class DatabaseTime(TimeProvider system) : TimeProvider
{
    private long offsetTicks;

    /// <summary>How far the database's clock is ahead of this machine's; negative: behind. Zero until it was measured.</summary>
    public TimeSpan Offset
    {
        get => new(Interlocked.Read(ref offsetTicks));
        internal set => Interlocked.Exchange(ref offsetTicks, value.Ticks);
    }

    public override TimeZoneInfo LocalTimeZone => system.LocalTimeZone;

    public override long TimestampFrequency => system.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => system.GetUtcNow() + Offset;

    public override long GetTimestamp() => system.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        system.CreateTimer(callback, state, dueTime, period);
}
