using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.Infrastructure.Tests.Persistence.Samples;

namespace ChatGovernance.Infrastructure.Tests.Persistence;

public abstract class CommitTests(DatabaseKind kind) : StoreTests(kind)
{
    [Fact]
    public async Task A_request_comes_back_as_it_was_saved()
    {
        var request = Pending(1, Now).WithVote(2, Now);

        await Saved(new Changes { Request = New(request) });

        var loaded = (await Store.Requests.Load(request.Id, Ct)).ShouldNotBeNull();
        loaded.Version.ShouldBe(1);
        Structure.Of(loaded.Value).ShouldBe(Structure.Of(request));
    }

    [Fact]
    public async Task A_request_that_changed_keeps_its_votes_in_order()
    {
        var request = Pending(1, Now).WithVote(2, Now);
        await Saved(new Changes { Request = New(request) });

        var denied = request.Denied(Now);
        await Saved(new Changes { Request = new(denied, 1) });

        Structure.Of((await Store.Requests.Load(request.Id, Ct)).ShouldNotBeNull().Value).ShouldBe(Structure.Of(denied));
    }

    [Fact]
    public async Task Of_two_saves_of_one_version_one_wins()
    {
        var request = Pending(1, Now);
        await Saved(new Changes { Request = New(request) });

        var results = await Task.WhenAll(Enumerable.Range(10, 4).Select(vote =>
            Task.Run(() => Store.Commits.Commit(new Changes { Request = new(request.WithVote(vote, Now), 1) }, Ct))));

        results.Count(result => result == CommitResult.Saved).ShouldBe(1);
        results.Count(result => result == CommitResult.Conflict).ShouldBe(3);
        (await Store.Requests.Load(request.Id, Ct)).ShouldNotBeNull().Value.Votes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_person_has_one_open_request_for_a_target()
    {
        await Saved(new Changes { Request = New(Pending(1, Now)) });

        (await Commit(new Changes { Request = New(Pending(2, Now)) })).ShouldBe(CommitResult.Conflict);
        (await Commit(new Changes { Request = New(Pending(3, Now, Reports)) })).ShouldBe(CommitResult.Saved);
        (await Store.Requests.FindOpen(AlicePerson.Id, Database, Ct)).ShouldBe(Pending(1, Now).Id);
    }

    [Fact]
    public async Task A_closed_request_makes_room_for_another()
    {
        var request = Pending(1, Now).WithVote(2, Now);
        await Saved(new Changes { Request = New(request) });
        await Saved(new Changes { Request = new(request.Denied(Now), 1) });

        (await Store.Requests.FindOpen(AlicePerson.Id, Database, Ct)).ShouldBeNull();
        (await Commit(new Changes { Request = New(Pending(3, Now)) })).ShouldBe(CommitResult.Saved);
    }

    [Fact]
    public async Task A_conflict_leaves_nothing_behind()
    {
        await Saved(new Changes { Request = New(Pending(1, Now)) });

        var result = await Commit(new Changes
        {
            Request = New(Pending(2, Now)),
            Entitlement = New(Entitlement(3, Waiting(4, Now))),
            Cards = [Card(2)],
            Notes = [Note("said")],
            Audit = [AuditSamples.Entry(Now)],
        });

        result.ShouldBe(CommitResult.Conflict);
        (await Store.Entitlements.Find(AlicePerson.Id, Database, Ct)).ShouldBeNull();
        (await Store.Cards.Find(Card(2), Ct)).ShouldBeNull();
        (await Store.Claim(WorkKind.Note, 1, Minute, Ct)).ShouldBeEmpty();
        (await Store.Verifier.Verify(Ct)).Rows.ShouldBe(0);
    }

    [Fact]
    public async Task An_entitlement_comes_back_with_what_is_not_over()
    {
        var active = Active(2, Now, TimeSpan.FromHours(8));
        var entitlement = Entitlement(1, active, Waiting(3, Now)) with { Tenure = Tenure(9, Now), Retry = Retry.After(null, Core.Doubt.Away, Now) };
        await Saved(new Changes { Entitlement = New(entitlement) });
        Structure.Of((await Store.Entitlements.Load(entitlement.Id, Ct)).ShouldNotBeNull().Value).ShouldBe(Structure.Of(entitlement));

        var ended = active with { State = new GrantState.Ended(EndReason.Expired, EndOutcome.KeptForOtherGrant, Now, ["/other"]) };
        await Saved(new Changes { Entitlement = new(entitlement.With(ended), 1) });

        var loaded = (await Store.Entitlements.Find(AlicePerson.Id, Database, Ct)).ShouldNotBeNull();
        loaded.Version.ShouldBe(2);
        loaded.Value.Grants.ShouldHaveSingleItem().Id.ShouldBe(Waiting(3, Now).Id);
        Structure.Of((await Store.Entitlements.FindGrant(active.Request, Ct))?.Grant).ShouldBe(Structure.Of(ended));
    }

    [Fact]
    public async Task A_tenure_that_closed_is_kept_and_another_can_open()
    {
        var entitlement = Entitlement(1, Waiting(2, Now)) with { Tenure = Tenure(9, Now) };
        await Saved(new Changes { Entitlement = New(entitlement) });
        await Saved(new Changes { Entitlement = new(entitlement with { Tenure = null }, 1) });
        (await Store.Entitlements.Load(entitlement.Id, Ct)).ShouldNotBeNull().Value.Tenure.ShouldBeNull();

        var again = Tenure(10, Now) with { HeldBefore = true, SentAt = Now };
        await Saved(new Changes { Entitlement = new(entitlement with { Tenure = again }, 2) });

        (await Store.Entitlements.Load(entitlement.Id, Ct)).ShouldNotBeNull().Value.Tenure.ShouldBe(again);
    }

    [Fact]
    public async Task There_is_one_entitlement_of_a_person_and_a_target()
    {
        await Saved(new Changes { Entitlement = New(Entitlement(1)) });

        (await Commit(new Changes { Entitlement = New(Entitlement(2)) })).ShouldBe(CommitResult.Conflict);
    }

    [Fact]
    public async Task A_lease_that_was_lost_saves_nothing()
    {
        await Saved(new Changes { Request = New(Received(1, Now)) });
        var lost = (await Store.Claim(WorkKind.Request, 1, Minute, Ct)).ShouldHaveSingleItem();
        Clock.Advance(Minute);

        var result = await Commit(new Changes { Under = lost, Release = new Release.Done(), Notes = [Note("said")] });

        result.ShouldBe(CommitResult.LeaseLost);
        (await Store.Claim(WorkKind.Note, 1, Minute, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_whose_worker_died_goes_to_another_and_the_first_can_no_longer_save()
    {
        await Saved(new Changes { Request = New(Received(1, Now)) });
        var first = (await Store.Claim(WorkKind.Request, 1, Minute, Ct)).ShouldHaveSingleItem();
        (await Store.Claim(WorkKind.Request, 1, Minute, Ct)).ShouldBeEmpty();
        Clock.Advance(Minute);

        var second = (await Store.Claim(WorkKind.Request, 1, Minute, Ct)).ShouldHaveSingleItem();

        (await Commit(new Changes { Under = first, Release = new Release.Done() })).ShouldBe(CommitResult.LeaseLost);
        (await Commit(new Changes { Under = second, Request = new(Pending(1, Now), 1), Release = new Release.Done() })).ShouldBe(CommitResult.Saved);
    }

    [Fact]
    public async Task Somebody_elses_save_leaves_the_lease_and_makes_the_holder_decide_again()
    {
        var request = Pending(1, Now);
        await Saved(new Changes { Request = New(request) });
        Clock.Advance(TimeSpan.FromDays(8));
        var lease = (await Store.Claim(WorkKind.Request, 1, Minute, Ct)).ShouldHaveSingleItem();

        await Saved(new Changes { Request = new(request.WithVote(2, Now - TimeSpan.FromDays(7)), 1) });

        (await Commit(new Changes { Under = lease, Request = new(request, 1), Release = new Release.Done() })).ShouldBe(CommitResult.Conflict);
        (await Commit(new Changes { Under = lease, Release = new Release.Done() })).ShouldBe(CommitResult.Saved);
        (await Store.Claim(WorkKind.Request, 1, Minute, Ct)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Audit_text_that_is_not_valid_is_rejected()
    {
        var entry = AuditSamples.Entry(Now) with { Personal = new Dictionary<string, string> { ["reason"] = "half a pair \ud83d" } };

        await Should.ThrowAsync<ArgumentException>(() => Commit(new Changes { Audit = [entry] }));
    }
}

public sealed class CommitsOnSqliteTests() : CommitTests(DatabaseKind.Sqlite);

public sealed class CommitsOnPostgreSqlTests() : CommitTests(DatabaseKind.PostgreSql);
