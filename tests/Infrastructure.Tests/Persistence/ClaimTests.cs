using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Claims;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.Infrastructure.Tests.Persistence.Samples;

namespace ChatGovernance.Infrastructure.Tests.Persistence;

public abstract class ClaimTests(DatabaseKind kind) : StoreTests(kind)
{
    private static readonly TimeSpan minute = TimeSpan.FromMinutes(1);

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
    public async Task A_delivery_that_comes_many_times_at_once_is_first_once()
    {
        var accepted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.Inbox.Accept(Delivery("slack:1"), Ct))));

        accepted.Count(one => one.First).ShouldBe(1);
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
        await Store.Claims.Release((await Claim(WorkKind.Inbox))[0], Now + minute, Ct);

        (await Claim(WorkKind.Inbox)).ShouldBeEmpty();
        (await Store.Claims.NextDue(WorkKind.Inbox, Ct)).ShouldBe(Now + minute);
        Clock.Advance(minute);
        (await KeysOf(await Claim(WorkKind.Inbox))).ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_poison_delivery_is_set_aside_and_blocks_nobody()
    {
        await Store.Inbox.Accept(Delivery("poison", "request:a"), Ct);
        await Store.Inbox.Accept(Delivery("good", "request:a"), Ct);

        var outcome = Failed.WillBeTriedAgain;
        for (var attempt = 1; outcome == Failed.WillBeTriedAgain; attempt++)
        {
            attempt.ShouldBeLessThanOrEqualTo(5);
            outcome = await Store.Claims.Fail((await Claim(WorkKind.Inbox)).ShouldHaveSingleItem(), "JsonException", Ct);
            if (outcome == Failed.WillBeTriedAgain)
                (await Claim(WorkKind.Inbox)).ShouldBeEmpty();
            Clock.Advance(Backoff.Longest);
        }

        outcome.ShouldBe(Failed.SetAside);
        (await KeysOf(await Claim(WorkKind.Inbox))).ShouldBe(["good"]);
    }

    [Fact]
    public async Task Two_claims_never_get_the_same_row()
    {
        for (var number = 0; number < 40; number++)
            await Store.Inbox.Accept(Delivery($"{number}", $"request:{number}"), Ct);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.Claims.Claim(WorkKind.Inbox, 10, minute, Ct))));

        // A claim passes over rows that another one is taking at that very moment; nothing is left for a later one.
        var taken = claims.SelectMany(leases => leases).Concat(await Store.Claims.Claim(WorkKind.Inbox, 40, minute, Ct)).ToList();
        taken.Select(lease => lease.Id).ShouldBeUnique();
        taken.Count.ShouldBe(40);
    }

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
    public async Task A_lapse_waits_for_commands_that_were_received_before_it()
    {
        var request = Pending(1, Now);
        await Saved(new Changes { Request = New(request) });
        Clock.Advance(TimeSpan.FromDays(7) - minute);
        await Store.Inbox.Accept(Delivery("in time", Subject.Of(request.Id).Value), Ct);
        Clock.Advance(minute);
        await Store.Inbox.Accept(Delivery("too late", Subject.Of(request.Id).Value), Ct);

        (await Claim(WorkKind.Request)).ShouldBeEmpty();
        await Done((await Claim(WorkKind.Inbox)).ShouldHaveSingleItem());
        (await Claim(WorkKind.Request)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_card_is_due_while_it_shows_less_than_it_should()
    {
        await Saved(new Changes { Cards = [Card(1), Card(1)] });
        var lease = (await Claim(WorkKind.Card)).ShouldHaveSingleItem();
        var card = (await Store.Cards.Load(long.Parse(lease.Id), Ct)).ShouldNotBeNull();
        (card.Wanted, card.Shown).ShouldBe((1, 0));

        // Changed while it was being drawn.
        await Saved(new Changes { Touched = [new CardTouch(Card(1).Subject, CardPurpose.Decide)] });
        var place = new ChatPlace("D1", "1.1");
        await Saved(new Changes { Under = lease, Release = new Release.Done(), Card = card with { Shown = card.Wanted, Place = place } });

        var again = (await Claim(WorkKind.Card)).ShouldHaveSingleItem();
        var behind = (await Store.Cards.Find(Card(1), Ct)).ShouldNotBeNull();
        (behind.Wanted, behind.Shown, behind.Place).ShouldBe((2, 1, place));
        await Saved(new Changes { Under = again, Release = new Release.Done(), Card = behind with { Shown = 2 } });
        (await Claim(WorkKind.Card)).ShouldBeEmpty();

        await Saved(new Changes { Cards = [Card(1)] });
        (await Claim(WorkKind.Card)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_card_that_was_asked_to_wait_waits_although_it_is_touched()
    {
        await Saved(new Changes { Cards = [Card(1)] });
        var lease = (await Claim(WorkKind.Card)).ShouldHaveSingleItem();
        var card = (await Store.Cards.Find(Card(1), Ct)).ShouldNotBeNull();
        var attempt = new Attempt(Id(7), Now, 2);
        await Saved(new Changes { Under = lease, Release = new Release.Later(Now + minute), Card = card with { Failures = 1, Attempt = attempt } });

        await Saved(new Changes { Touched = [new CardTouch(Card(1).Subject)] });

        (await Claim(WorkKind.Card)).ShouldBeEmpty();
        Clock.Advance(minute);
        (await Claim(WorkKind.Card)).ShouldHaveSingleItem();
        (await Store.Cards.Find(Card(1), Ct)).ShouldNotBeNull().Attempt.ShouldBe(attempt);
    }

    [Fact]
    public async Task A_card_whose_message_is_gone_forgets_its_place()
    {
        await Saved(new Changes { Cards = [Card(1)] });
        var card = (await Store.Cards.Find(Card(1), Ct)).ShouldNotBeNull();
        await Saved(new Changes { Card = card with { Shown = 1, Place = new ChatPlace("C", "1") } });
        (await Claim(WorkKind.Card)).ShouldBeEmpty();

        await Saved(new Changes { Lost = [card.Id] });

        (await Claim(WorkKind.Card)).ShouldHaveSingleItem();
        (await Store.Cards.Load(card.Id, Ct)).ShouldNotBeNull().Place.ShouldBeNull();
    }

    [Fact]
    public async Task A_card_that_was_given_up_is_not_due()
    {
        await Saved(new Changes { Cards = [Card(1)] });
        var card = (await Store.Cards.Find(Card(1), Ct)).ShouldNotBeNull();
        await Saved(new Changes { Card = card with { Dead = "account_inactive" } });
        await Saved(new Changes { Cards = [Card(1)], Touched = [new CardTouch(Card(1).Subject)] });

        (await Claim(WorkKind.Card)).ShouldBeEmpty();
        (await Store.Cards.AudiencesOf(Card(1).Subject, CardPurpose.Decide, Ct)).ShouldBe([Card(1).Audience]);
    }

    [Fact]
    public async Task Notes_of_one_conversation_are_said_in_order_and_each_key_once()
    {
        await Saved(new Changes { Notes = [Note("1"), Note("2"), Note("in a thread", Card(1)), Note("1")] });

        var leases = await Claim(WorkKind.Note);
        var first = (await Store.Notes.Load(long.Parse(leases[0].Id), Ct)).ShouldNotBeNull();
        (await Task.WhenAll(leases.Select(async lease => (await Store.Notes.Load(long.Parse(lease.Id), Ct))!.Note.Key))).ShouldBe(["1", "in a thread"]);
        Structure.Of(first.Note).ShouldBe(Structure.Of(Note("1")));

        await Saved(new Changes { Under = leases[0], Release = new Release.Done(), Note = first with { Place = new ChatPlace("C", "1") } });
        var second = (await Claim(WorkKind.Note)).ShouldHaveSingleItem();
        (await Store.Notes.Load(long.Parse(second.Id), Ct)).ShouldNotBeNull().Note.Key.ShouldBe("2");
    }

    [Fact]
    public async Task A_dead_note_steps_aside()
    {
        await Saved(new Changes { Notes = [Note("1"), Note("2")] });
        var lease = (await Claim(WorkKind.Note)).ShouldHaveSingleItem();
        var note = (await Store.Notes.Load(long.Parse(lease.Id), Ct)).ShouldNotBeNull();
        await Saved(new Changes { Under = lease, Release = new Release.Done(), Note = note with { Dead = "channel_not_found" } });

        (await Claim(WorkKind.Note)).ShouldHaveSingleItem().Id.ShouldNotBe(lease.Id);
    }

    [Fact]
    public async Task A_lease_can_be_renewed_while_it_is_held()
    {
        await Store.Inbox.Accept(Delivery("1"), Ct);
        var lease = (await Claim(WorkKind.Inbox)).ShouldHaveSingleItem();
        Clock.Advance(minute / 2);
        (await Store.Claims.Renew(lease, minute, Ct)).ShouldBeTrue();
        Clock.Advance(minute / 2);

        (await Claim(WorkKind.Inbox)).ShouldBeEmpty();
        (await Store.Claims.NextDue(WorkKind.Inbox, Ct)).ShouldBe(Now + (minute / 2));
        Clock.Advance(minute / 2);
        (await Store.Claims.Renew(lease, minute, Ct)).ShouldBeFalse();
        (await Store.Claims.Fail(lease with { Owner = Id(99) }, "x", Ct)).ShouldBe(Failed.LeaseLost);
    }

    private Task<IReadOnlyList<Lease>> Claim(WorkKind kind) => Store.Claims.Claim(kind, 10, minute, Ct);

    private Task<CommitResult> Commit(Changes changes) => Store.Commits.Commit(changes, Ct);

    private async Task Saved(Changes changes) => (await Commit(changes)).ShouldBe(CommitResult.Saved);

    private Task Done(Lease lease) => Saved(new Changes { Under = lease, Release = new Release.Done() });

    private Task<string[]> KeysOf(IReadOnlyList<Lease> leases) =>
        Task.WhenAll(leases.Select(async lease => (await Store.Inbox.Load(long.Parse(lease.Id), Ct))!.Delivery.Key));
}

public sealed class ClaimsOnSqliteTests() : ClaimTests(DatabaseKind.Sqlite);

public sealed class ClaimsOnPostgreSqlTests() : ClaimTests(DatabaseKind.PostgreSql);
