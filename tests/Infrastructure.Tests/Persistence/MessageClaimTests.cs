using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.Infrastructure.Tests.Persistence.Samples;

namespace ChatGovernance.Infrastructure.Tests.Persistence;

public abstract class MessageClaimTests(DatabaseKind kind) : StoreTests(kind)
{
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
        await Saved(new Changes { Under = lease, Release = new Release.Later(Now + Minute), Card = card with { Failures = 1, Attempt = attempt } });

        await Saved(new Changes { Touched = [new CardTouch(Card(1).Subject)] });

        (await Claim(WorkKind.Card)).ShouldBeEmpty();
        Clock.Advance(Minute);
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

        await Saved(new Changes { Lost = [new LostCard(card.Id, new ChatPlace("C", "1"))] });

        (await Claim(WorkKind.Card)).ShouldHaveSingleItem();
        (await Store.Cards.Load(card.Id, Ct)).ShouldNotBeNull().Place.ShouldBeNull();
    }

    [Theory, InlineData("C", "2"), InlineData("D", "1")]
    public async Task A_card_that_was_posted_anew_keeps_its_new_place(string conversation, string message)
    {
        await Saved(new Changes { Cards = [Card(1)] });
        var card = (await Store.Cards.Find(Card(1), Ct)).ShouldNotBeNull() with { Shown = 1, Place = new ChatPlace("C", "1") };
        await Saved(new Changes { Card = card });

        await Saved(new Changes { Lost = [new LostCard(card.Id, new ChatPlace(conversation, message))] });

        (await Claim(WorkKind.Card)).ShouldBeEmpty();
        (await Store.Cards.Load(card.Id, Ct)).ShouldNotBeNull().Place.ShouldBe(card.Place);
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
}

public sealed class MessageClaimsOnSqliteTests() : MessageClaimTests(DatabaseKind.Sqlite);

public sealed class MessageClaimsOnPostgreSqlTests() : MessageClaimTests(DatabaseKind.PostgreSql);
