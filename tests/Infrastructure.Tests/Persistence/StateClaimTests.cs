using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Tests.TestSupport.Databases;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.Infrastructure.Tests.Persistence.Samples;

namespace ChatGovernance.Infrastructure.Tests.Persistence;

public abstract class StateClaimTests(DatabaseKind kind) : StoreTests(kind)
{
    [Fact]
    public async Task An_entitlement_is_due_when_its_next_step_is()
    {
        await Saved(new Changes { Entitlement = New(Entitlement(1, Active(2, Now, TimeSpan.FromHours(1)))) });

        (await Claim(WorkKind.Entitlement)).ShouldBeEmpty();
        (await Store.Claims.NextDue(WorkKind.Entitlement, Ct)).ShouldBe(Now + TimeSpan.FromMinutes(59));
        Clock.Advance(TimeSpan.FromMinutes(59));
        (await Claim(WorkKind.Entitlement)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_entitlement_with_nothing_left_to_do_is_never_due()
    {
        var grant = Active(2, Now, TimeSpan.FromHours(1));
        await Saved(new Changes { Entitlement = New(Entitlement(1, grant)) });
        var over = grant with { State = new GrantState.Ended(EndReason.Expired, EndOutcome.Removed, Now, []) };
        await Saved(new Changes { Entitlement = new(Entitlement(1, over), 1) });

        Clock.Advance(TimeSpan.FromDays(1000));

        (await Claim(WorkKind.Entitlement)).ShouldBeEmpty();
        (await Store.Claims.NextDue(WorkKind.Entitlement, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Live_grants_that_are_to_be_checked_soon_make_their_entitlement_due_and_its_holder_decide_again()
    {
        var entitlement = Entitlement(1, Active(2, Now, TimeSpan.FromHours(1)));
        await Saved(new Changes { Entitlement = New(entitlement) });
        (await Store.Entitlements.TargetsWithLiveGrants(Ct)).ShouldBe([Database]);

        await Store.Entitlements.CheckSoon([Database, Reports], Now, Ct);

        (await Commit(new Changes { Entitlement = new(entitlement, 1) })).ShouldBe(CommitResult.Conflict);
        (await Claim(WorkKind.Entitlement)).ShouldHaveSingleItem();
        (await Store.Entitlements.Load(entitlement.Id, Ct)).ShouldNotBeNull().Value.Grants.ShouldHaveSingleItem().CheckAt.ShouldBe(Now);
    }

    [Fact]
    public async Task Live_grants_are_found_by_person_by_target_and_by_the_targets_name_and_checked_by_id()
    {
        (await Store.Entitlements.HasLiveGrants(Ct)).ShouldBeFalse();
        var entitlement = Entitlement(1, Active(2, Now, TimeSpan.FromHours(1)) with { CheckedAt = Now });
        await Saved(new Changes { Entitlement = New(entitlement) });
        var expected = new LiveGrant(entitlement.Id, entitlement.Person.Id, Database, entitlement.TargetName, Now);

        (await Store.Entitlements.HasLiveGrants(Ct)).ShouldBeTrue();
        (await Store.Entitlements.FindLive([entitlement.Person.Id], [], [], Ct)).ShouldBe([expected]);
        (await Store.Entitlements.FindLive([], [Database], [], Ct)).ShouldBe([expected]);
        (await Store.Entitlements.FindLive([], [], [entitlement.TargetName], Ct)).ShouldBe([expected]);
        (await Store.Entitlements.FindLive([entitlement.Person.Id], [Database], [entitlement.TargetName], Ct)).ShouldBe([expected]);
        (await Store.Entitlements.FindLive([], [Reports], [], Ct)).ShouldBeEmpty();

        await Store.Entitlements.CheckSoon([entitlement.Id], Now, Ct);
        (await Claim(WorkKind.Entitlement)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_lapse_waits_for_commands_that_were_received_before_it()
    {
        var request = Pending(1, Now);
        request = request with { State = (RequestState.Pending)request.State with { RemindedAt = Now } };
        await Saved(new Changes { Request = New(request) });
        Clock.Advance(TimeSpan.FromDays(7) - Minute);
        await Store.Inbox.Accept(Delivery("in time", Subject.Of(request.Id).Value), Ct);
        Clock.Advance(((RequestState.Pending)request.State).OverAt - Clock.GetUtcNow());
        await Store.Inbox.Accept(Delivery("too late", Subject.Of(request.Id).Value), Ct);

        (await Claim(WorkKind.Request)).ShouldBeEmpty();
        await Done((await Claim(WorkKind.Inbox)).ShouldHaveSingleItem());
        (await Claim(WorkKind.Request)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_request_with_nothing_to_do_is_due_again_when_its_state_says_so()
    {
        var request = Pending(1, Now);
        await Saved(new Changes { Request = New(request) });
        await Sql.ExecuteAsync(Store.Database, "UPDATE requests SET due_at = 0", Ct);

        await Done((await Claim(WorkKind.Request)).ShouldHaveSingleItem());

        (await Store.Claims.NextDue(WorkKind.Request, Ct)).ShouldBe(((RequestState.Pending)request.State).HalfWay);
    }

    [Fact]
    public async Task So_is_an_entitlement()
    {
        await Saved(new Changes { Entitlement = New(Entitlement(1, Active(2, Now, TimeSpan.FromHours(1)))) });
        await Sql.ExecuteAsync(Store.Database, "UPDATE entitlements SET due_at = 0", Ct);

        await Done((await Claim(WorkKind.Entitlement)).ShouldHaveSingleItem());

        (await Store.Claims.NextDue(WorkKind.Entitlement, Ct)).ShouldBe(Now + TimeSpan.FromMinutes(59));
    }
}

public sealed class StateClaimsOnSqliteTests() : StateClaimTests(DatabaseKind.Sqlite);

public sealed class StateClaimsOnPostgreSqlTests() : StateClaimTests(DatabaseKind.PostgreSql);
