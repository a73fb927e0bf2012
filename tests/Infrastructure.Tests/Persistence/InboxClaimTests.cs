using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Claims;
using ChatGovernance.Infrastructure.Tests.TestSupport.Databases;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.Infrastructure.Tests.Persistence.Samples;

namespace ChatGovernance.Infrastructure.Tests.Persistence;

public abstract class InboxClaimTests(DatabaseKind kind) : StoreTests(kind)
{
    [Fact]
    public async Task A_delivery_is_stored_once_and_a_repeat_gets_the_first_answer()
    {
        var first = await Store.Inbox.Accept(Delivery("slack:1"), Ct);
        var repeat = await Store.Inbox.Accept(Delivery("slack:1") with { Answer = [1, 2, 3] }, Ct);

        (first.First, repeat.First).ShouldBe((true, false));
        repeat.Answer.ShouldBe(first.Answer);
        (await Claim(WorkKind.Inbox)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_first_answer_is_found_by_key_and_by_the_earlier_of_several()
    {
        await Store.Inbox.Accept(Delivery("slack:1") with { Answer = [1] }, Ct);
        await Store.Inbox.Accept(Delivery("slack:2") with { Answer = [2] }, Ct);

        (await Store.Inbox.Answered(["slack:1"], Ct)).ShouldBe([1]);
        (await Store.Inbox.Answered(["slack:3", "slack:2"], Ct)).ShouldBe([2]);
        (await Store.Inbox.Answered(["slack:2", "slack:1"], Ct)).ShouldBe([2]);
        (await Store.Inbox.Answered(["slack:3"], Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_delivery_that_comes_many_times_at_once_is_first_once()
    {
        var accepted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.Inbox.Accept(Delivery("slack:1"), Ct))));

        accepted.Count(one => one.First).ShouldBe(1);
    }

    [Fact]
    public async Task Many_deliveries_at_once_are_each_stored_once_and_get_their_own_answer()
    {
        var accepted = await Task.WhenAll(Enumerable.Range(0, 300).Select(async n =>
            (Number: n, Accepted: await Store.Inbox.Accept(Delivery($"slack:{n % 200}") with { Answer = [(byte)(n % 200)] }, Ct))));

        accepted.ShouldAllBe(one => one.Accepted.Answer.Single() == one.Number % 200);
        accepted.Count(one => one.Accepted.First).ShouldBe(200);
        (await Sql.CountAsync(Store.Database, "SELECT COUNT(*) FROM inbox", Ct)).ShouldBe(200);
    }

    [Fact]
    public async Task A_delivery_comes_back_as_it_was_received()
    {
        await Store.Inbox.Accept(Delivery("slack:1"), Ct);
        var lease = (await Claim(WorkKind.Inbox)).ShouldHaveSingleItem();

        var stored = (await Store.Inbox.Load(long.Parse(lease.Id), Ct)).ShouldNotBeNull();

        stored.ReceivedAt.ShouldBe(Now);
        stored.Delivery.Payload.ShouldBe(Delivery("slack:1").Payload);
        stored.Delivery.Subject.ShouldBe(Delivery("slack:1").Subject);
    }

    [Fact]
    public async Task Deliveries_about_one_subject_are_handled_one_at_a_time_in_order()
    {
        await Store.Inbox.Accept(Delivery("1", "request:a"), Ct);
        await Store.Inbox.Accept(Delivery("2", "request:a"), Ct);
        await Store.Inbox.Accept(Delivery("3", "request:b"), Ct);

        var leases = await Claim(WorkKind.Inbox);
        (await KeysOf(leases)).ShouldBe(["1", "3"]);
        (await Claim(WorkKind.Inbox)).ShouldBeEmpty();

        await Done(leases[0]);
        (await KeysOf(await Claim(WorkKind.Inbox))).ShouldBe(["2"]);
    }

    [Fact]
    public async Task A_delivery_that_waits_holds_up_those_after_it_about_the_same_subject()
    {
        await Store.Inbox.Accept(Delivery("1", "request:a"), Ct);
        await Store.Inbox.Accept(Delivery("2", "request:a"), Ct);
        await Store.Claims.Release((await Claim(WorkKind.Inbox))[0], Now + Minute, Ct);

        (await Claim(WorkKind.Inbox)).ShouldBeEmpty();
        (await Store.Claims.NextDue(WorkKind.Inbox, Ct)).ShouldBe(Now + Minute);
        Clock.Advance(Minute);
        (await KeysOf(await Claim(WorkKind.Inbox))).ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_poison_delivery_stays_claimed_after_its_last_try_and_blocks_nobody_once_it_is_set_aside()
    {
        await Store.Inbox.Accept(Delivery("poison", "request:a"), Ct);
        await Store.Inbox.Accept(Delivery("good", "request:a"), Ct);

        var outcome = Failed.WillBeTriedAgain;
        Lease lease;
        for (var attempt = 1; ; attempt++)
        {
            attempt.ShouldBeLessThanOrEqualTo(5);
            lease = (await Claim(WorkKind.Inbox)).ShouldHaveSingleItem();
            outcome = await Store.Claims.Fail(lease, "JsonException", Ct);
            (await Claim(WorkKind.Inbox)).ShouldBeEmpty();
            if (outcome != Failed.WillBeTriedAgain)
                break;
            Clock.Advance(Backoff.Longest);
        }

        outcome.ShouldBe(Failed.OutOfTries);
        await Saved(new Changes { Under = lease, Release = new Release.SetAside("JsonException") });
        (await KeysOf(await Claim(WorkKind.Inbox))).ShouldBe(["good"]);
        Clock.Advance(Backoff.Longest);
        (await KeysOf(await Claim(WorkKind.Inbox))).ShouldBe(["good"]);
    }

    [Fact]
    public async Task A_delivery_is_not_set_aside_under_a_lease_that_was_lost()
    {
        await Store.Inbox.Accept(Delivery("1"), Ct);
        var lease = (await Claim(WorkKind.Inbox)).ShouldHaveSingleItem();
        Clock.Advance(Minute);

        (await Commit(new Changes { Under = lease, Release = new Release.SetAside("x") })).ShouldBe(CommitResult.LeaseLost);
        (await Claim(WorkKind.Inbox)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_claims_never_get_the_same_row()
    {
        for (var number = 0; number < 40; number++)
            await Store.Inbox.Accept(Delivery($"{number}", $"request:{number}"), Ct);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.Claim(WorkKind.Inbox, 10, Minute, Ct))));

        // A claim passes over rows that another one is taking at that very moment; nothing is left for a later one.
        var taken = claims.SelectMany(leases => leases).Concat(await Store.Claim(WorkKind.Inbox, 40, Minute, Ct)).ToList();
        taken.Select(lease => lease.Id).ShouldBeUnique();
        taken.Count.ShouldBe(40);
    }

    [Fact]
    public async Task A_lease_can_be_renewed_while_it_is_held()
    {
        await Store.Inbox.Accept(Delivery("1"), Ct);
        var lease = (await Claim(WorkKind.Inbox)).ShouldHaveSingleItem();
        Clock.Advance(Minute / 2);
        (await Store.Claims.Renew(lease, Minute, Ct)).ShouldBeTrue();
        Clock.Advance(Minute / 2);

        (await Claim(WorkKind.Inbox)).ShouldBeEmpty();
        (await Store.Claims.NextDue(WorkKind.Inbox, Ct)).ShouldBe(Now + (Minute / 2));
        Clock.Advance(Minute / 2);
        (await Store.Claims.Renew(lease, Minute, Ct)).ShouldBeFalse();
        (await Store.Claims.Fail(lease with { Owner = Id(99) }, "x", Ct)).ShouldBe(Failed.LeaseLost);
    }

    private Task<string[]> KeysOf(IReadOnlyList<Lease> leases) =>
        Task.WhenAll(leases.Select(async lease => (await Store.Inbox.Load(long.Parse(lease.Id), Ct))!.Delivery.Key));
}

public sealed class InboxClaimsOnSqliteTests() : InboxClaimTests(DatabaseKind.Sqlite);

public sealed class InboxClaimsOnPostgreSqlTests() : InboxClaimTests(DatabaseKind.PostgreSql);
