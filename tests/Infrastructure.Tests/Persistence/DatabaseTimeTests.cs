using ChatGovernance.Infrastructure.Persistence;
using ChatGovernance.Infrastructure.Persistence.Start;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatGovernance.Infrastructure.Tests.Persistence;

public sealed class DatabaseTimeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_as_late_as_PostgreSQL_says_however_wrong_this_machine_is()
    {
        var wrong = new ManualClock(new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var time = new DatabaseTime(wrong);
        await using var store = await TestStore.Create(DatabaseKind.PostgreSql, time);
        var contexts = new Contexts(DatabaseProvider.PostgreSql, store.Database.ConnectionString);
        var before = await ClockOf(contexts);

        await Measure(contexts, time);

        time.GetUtcNow().ShouldBeInRange(before, await ClockOf(contexts));
        time.Offset.ShouldBeGreaterThan(TimeSpan.FromDays(365));
        wrong.Advance(TimeSpan.FromHours(1));
        time.GetUtcNow().ShouldBeGreaterThan(before + TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_second_look_corrects_the_first_instead_of_adding_to_it()
    {
        var time = new DatabaseTime(new ManualClock(DateTimeOffset.UnixEpoch));
        await using var store = await TestStore.Create(DatabaseKind.PostgreSql, time);
        var contexts = new Contexts(DatabaseProvider.PostgreSql, store.Database.ConnectionString);
        await Measure(contexts, time);

        var before = await ClockOf(contexts);
        await Measure(contexts, time);

        time.GetUtcNow().ShouldBeInRange(before, await ClockOf(contexts));
    }

    [Fact]
    public async Task With_SQLite_it_is_this_machines_time()
    {
        var clock = new ManualClock();
        var time = new DatabaseTime(clock);
        await using var store = await TestStore.Create(DatabaseKind.Sqlite, time);

        await Measure(new Contexts(DatabaseProvider.Sqlite, store.Database.ConnectionString), time);

        clock.Advance(TimeSpan.FromHours(1));
        time.Offset.ShouldBe(TimeSpan.Zero);
        time.GetUtcNow().ShouldBe(clock.GetUtcNow());
    }

    [Fact]
    public async Task A_database_that_does_not_answer_leaves_the_last_difference()
    {
        var time = Ahead(TimeSpan.FromSeconds(3));

        await Measure(new Contexts(DatabaseProvider.PostgreSql, "Host=127.0.0.1;Port=1;Username=x;Timeout=5"), time);

        time.Offset.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Until_it_was_read_once_nobody_works_by_it()
    {
        var time = new DatabaseTime(new ManualClock());
        time.IsFarOff.ShouldBeTrue();
        await Measure(new Contexts(DatabaseProvider.PostgreSql, "Host=127.0.0.1;Port=1;Username=x;Timeout=5"), time);
        time.IsFarOff.ShouldBeTrue();

        await using var store = await TestStore.Create(DatabaseKind.Sqlite, time);
        await Measure(new Contexts(DatabaseProvider.Sqlite, store.Database.ConnectionString), time);
        time.IsFarOff.ShouldBeFalse();
    }

    [Theory]
    [InlineData(2000, false)]
    [InlineData(-2000, false)]
    [InlineData(2001, true)]
    [InlineData(-2001, true)]
    public void A_clock_is_far_off_beyond_two_seconds_either_way(int milliseconds, bool farOff) =>
        Ahead(TimeSpan.FromMilliseconds(milliseconds)).IsFarOff.ShouldBe(farOff);

    [Fact]
    public void A_clock_that_is_set_between_two_looks_changes_nothing_but_is_noticed()
    {
        var machine = new SetClock();
        var time = new DatabaseTime(machine);
        var database = new DateTimeOffset(2027, 1, 4, 9, 0, 0, TimeSpan.Zero);
        time.Set(database);

        machine.Passed = TimeSpan.FromSeconds(10);
        machine.Wall = database + TimeSpan.FromHours(2);

        time.GetUtcNow().ShouldBe(database + TimeSpan.FromSeconds(10));
        time.IsFarOff.ShouldBeTrue();
    }

    [Fact]
    public async Task With_SQLite_a_clock_that_is_set_is_followed_at_once()
    {
        var machine = new SetClock();
        var time = new DatabaseTime(machine);
        await using var store = await TestStore.Create(DatabaseKind.Sqlite, time);
        await Measure(new Contexts(DatabaseProvider.Sqlite, store.Database.ConnectionString), time);

        machine.Wall += TimeSpan.FromHours(2);

        time.GetUtcNow().ShouldBe(machine.Wall);
        time.IsFarOff.ShouldBeFalse();
    }

    private static DatabaseTime Ahead(TimeSpan offset)
    {
        var machine = new ManualClock();
        var time = new DatabaseTime(machine);
        time.Set(machine.GetUtcNow() + offset);
        return time;
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = new(2027, 1, 4, 9, 0, 0, TimeSpan.Zero);

        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Passed.Ticks;
    }

    private static async Task Measure(IDbContextFactory<GovernanceContext> contexts, DatabaseTime time)
    {
        using var measure = new MeasureDatabaseTime(contexts, time, NullLogger<MeasureDatabaseTime>.Instance);
        await measure.Measure(Ct);
    }

    private static async Task<DateTimeOffset> ClockOf(Contexts contexts)
    {
        await using var db = contexts.CreateDbContext();
        return (await db.ReadClock(Ct)).ShouldNotBeNull();
    }
}
