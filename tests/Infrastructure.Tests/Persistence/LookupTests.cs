using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.Infrastructure.Tests.Persistence.Samples;

namespace ChatGovernance.Infrastructure.Tests.Persistence;

public abstract class LookupTests(DatabaseKind kind) : StoreTests(kind)
{
    [Fact]
    public async Task What_was_proved_last_of_an_account_comes_first()
    {
        var bob = new Match(Alice, BobPerson, "verified-email", Now);
        var alice = new Match(Alice, AlicePerson, "attribute", Now.AddMinutes(1));
        await Saved(new Changes { Matches = [alice, bob, new Match(Bob, BobPerson, "attribute", Now)] });
        (await Store.Matches.Of(Alice, Ct)).ShouldBe([alice, bob]);

        var again = bob with { Proof = "attribute", At = Now.AddMinutes(2) };
        await Saved(new Changes { Matches = [again] });

        (await Store.Matches.Of(Alice, Ct)).ShouldBe([again, alice]);
        (await Store.Matches.Of(BobPerson.Id, Ct)).Select(match => match.Account).ShouldBe([Alice, Bob]);
    }

    [Fact]
    public async Task The_realm_that_was_read_first_is_remembered()
    {
        var first = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => Store.Deployment.KnownRealm($"realm-{number}", Ct))));

        first.Distinct().ShouldHaveSingleItem();
        (await Store.Deployment.KnownRealm("another", Ct)).ShouldBe(first[0]);
    }

    [Fact]
    public async Task The_last_snapshot_of_the_catalog_is_kept()
    {
        (await Store.Catalog.Load(Ct)).ShouldBeNull();
        await Store.Catalog.Save([1], Now, Ct);
        await Store.Catalog.Save([2, 0, 255], Now.AddTicks(1), Ct);

        var (snapshot, at) = (await Store.Catalog.Load(Ct)).ShouldNotBeNull();

        snapshot.ShouldBe([2, 0, 255]);
        at.ShouldBe(Now.AddTicks(1));
    }

    [Fact]
    public async Task What_a_person_holds_is_shown_by_its_end()
    {
        var endless = Active(2, Now, TimeSpan.FromHours(1)) with { State = new GrantState.Active(Now, null) };
        var over = Active(3, Now, TimeSpan.FromHours(1)) with { State = new GrantState.Ended(EndReason.Expired, EndOutcome.Removed, Now, []) };
        await Saved(new Changes { Entitlement = New(Entitlement(1, endless, over, Active(4, Now, TimeSpan.FromHours(9)), Active(5, Now, TimeSpan.FromHours(8)))) });

        var held = await Store.Overview.Held(AlicePerson.Id, 10, Ct);

        held.Select(one => one.Grant.Id.Value).ShouldBe([Id(5), Id(4), Id(2)]);
        held[0].TargetName.ShouldBe("/database");
        (await Store.Overview.Held(AlicePerson.Id, 1, Ct)).Count.ShouldBe(1);
        (await Store.Overview.Held(BobPerson.Id, 10, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_requests_come_first_then_the_newest()
    {
        await Saved(new Changes { Request = New(Pending(1, Now)) });
        await Saved(new Changes { Request = New(Pending(2, Now.AddHours(1), Reports).WithVote(9, Now).Denied(Now)) });
        await Saved(new Changes { Request = New(Pending(3, Now.AddHours(2), Reports).WithVote(8, Now).Denied(Now)) });
        await Saved(new Changes { Request = New(Received(4, Now.AddHours(-1), Reports)) });

        var mine = await Store.Overview.Requests(Alice, AlicePerson.Id, 10, Ct);
        mine.Select(request => request.Id.Value).ShouldBe([Id(1), Id(4), Id(3), Id(2)]);
        mine[2].Votes.Count.ShouldBe(1);

        (await Store.Overview.Requests(Alice, null, 10, Ct)).Count.ShouldBe(4);
        (await Store.Overview.Requests(Bob, BobPerson.Id, 10, Ct)).ShouldBeEmpty();
        (await Store.Overview.Requests(Bob, AlicePerson.Id, 2, Ct)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Pending_requests_wait_for_those_who_were_asked()
    {
        await Saved(new Changes { Request = New(Pending(2, Now.AddHours(1), Reports)), Cards = [Card(2)] });
        await Saved(new Changes { Request = New(Pending(1, Now)), Cards = [Card(1)] });
        await Saved(new Changes { Request = New(Received(3, Now)), Cards = [Card(3)] });
        await Saved(new Changes { Cards = [new CardKey(Card(1).Subject, new Audience.Person(Alice), CardPurpose.Follow)] });

        (await Store.Overview.Waiting(Bob, 10, Ct)).Select(request => request.Id.Value).ShouldBe([Id(1), Id(2)]);
        (await Store.Overview.Waiting(Alice, 10, Ct)).ShouldBeEmpty();
    }
}

public sealed class LookupsOnSqliteTests() : LookupTests(DatabaseKind.Sqlite);

public sealed class LookupsOnPostgreSqlTests() : LookupTests(DatabaseKind.PostgreSql);
