using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Observability;
using ChatGovernance.Infrastructure.Persistence;
using ChatGovernance.Infrastructure.Tests.Persistence;
using ChatGovernance.TestSupport.Databases;
using Microsoft.Extensions.Logging.Abstractions;
using static ChatGovernance.Infrastructure.Tests.Persistence.Samples;

namespace ChatGovernance.Infrastructure.Tests.Observability;

public abstract class StoredStateTests(DatabaseKind kind) : StoreTests(kind)
{
    private StoredStateReader Reader => new(
        new Contexts(Store.Database.Kind == DatabaseKind.Sqlite ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql, Store.Database.ConnectionString), Clock, NullLogger<StoredStateReader>.Instance);

    [Fact]
    public void Of_an_empty_database_nothing_waits()
    {
        var state = Reader.Read().ShouldNotBeNull();

        state.Due.Keys.ShouldBe(Enum.GetValues<WorkKind>(), ignoreOrder: true);
        state.Due.Values.Append(state.OverdueEnds).ShouldAllBe(backlog => backlog == default);
    }

    [Fact]
    public async Task What_is_due_is_counted_and_the_longest_wait_told()
    {
        await Store.Inbox.Accept(Delivery("slack:1"), Ct);
        Clock.Advance(Minute);
        await Store.Inbox.Accept(Delivery("slack:2"), Ct);
        Clock.Advance(Minute);
        await Claim(WorkKind.Inbox);

        Reader.Read()!.Due[WorkKind.Inbox].ShouldBe(new Backlog(2, 2 * Minute));
    }

    [Fact]
    public async Task What_falls_due_later_and_what_is_done_do_not_count()
    {
        await Store.Inbox.Accept(Delivery("slack:1"), Ct);
        await Done((await Claim(WorkKind.Inbox)).Single());
        await Saved(new Changes { Entitlement = New(Entitlement(1, Active(1, Now, TimeSpan.FromHours(8)))) });

        Reader.Read()!.Due.Values.ShouldAllBe(backlog => backlog == default);
    }

    [Fact]
    public async Task An_end_is_overdue_from_when_it_should_have_been_until_it_is_confirmed()
    {
        var active = Active(1, Now, TimeSpan.FromHours(8));
        var held = Entitlement(1, active);
        await Saved(new Changes { Entitlement = New(held) });
        Reader.Read()!.OverdueEnds.ShouldBe(default);

        Clock.Advance(TimeSpan.FromHours(8) + Minute);
        Reader.Read()!.OverdueEnds.ShouldBe(new Backlog(1, Minute));
        var ending = held.With(active with { State = new GrantState.Ending(EndReason.Expired, null, Now) });
        await Saved(new Changes { Entitlement = new(ending, 1) });
        Clock.Advance(Minute);
        Reader.Read()!.OverdueEnds.ShouldBe(new Backlog(1, 2 * Minute));

        await Saved(new Changes { Entitlement = new(ending.Finish(EndOutcome.Removed, [], Now), 2) });
        Reader.Read()!.OverdueEnds.ShouldBe(default);
    }

    [Fact]
    public async Task However_often_it_is_collected_the_database_is_asked_every_few_seconds()
    {
        var reader = Reader;
        var first = reader.Read();
        await Store.Inbox.Accept(Delivery("slack:1"), Ct);

        reader.Read().ShouldBeSameAs(first);
        Clock.Advance(StoredStateReader.KeptFor);
        reader.Read()!.Due[WorkKind.Inbox].Count.ShouldBe(1);
    }
}

public sealed class StoredStateOnSqliteTests() : StoredStateTests(DatabaseKind.Sqlite)
{
    [Fact]
    public void With_the_database_away_nothing_is_told_and_nothing_fails()
    {
        var nowhere = new Contexts(DatabaseProvider.PostgreSql, "Host=127.0.0.1;Port=9;Username=nobody;Timeout=1");

        new StoredStateReader(nowhere, TimeProvider.System, NullLogger<StoredStateReader>.Instance).Read().ShouldBeNull();
    }
}

public sealed class StoredStateOnPostgreSqlTests() : StoredStateTests(DatabaseKind.PostgreSql);
