using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Tests.TestSupport.Databases;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Messages that cannot be had there: bounded tries, one audit row, nobody else is held up.</summary>
public abstract class UndeliverableTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private static readonly Audience alice = new Audience.Person(AccountOf(Alice));
    private static readonly Audience bob = new Audience.Person(AccountOf(Bob));

    [Fact]
    public async Task A_note_that_a_person_cannot_be_sent_is_given_up_and_those_after_it_are_said()
    {
        var tries = 0;
        Chat.OnPost = (audience, message) => audience == alice && message.Title.StartsWith("Granted", StringComparison.Ordinal) ? Missing(ref tries) : null;
        await AskAndApprove("1h");
        await Pass(Hours(2));

        tries.ShouldBe(3);
        Told(Alice, $"Your access to {DatabaseName} has ended").ShouldBe(1);
        AuditLines.Count(line => line == $"A message could not be delivered (Missing) to {alice}.").ShouldBe(1);
    }

    [Fact]
    public async Task A_thread_that_a_person_cannot_have_costs_them_its_notes_and_its_root_is_not_posted_for_ever()
    {
        var request = await Ask();
        var root = Chat.To(AccountOf(Alice)).ShouldHaveSingleItem();
        Chat.HasThreads = false;
        await Store.Commits.Commit(new Changes { Notes = [InThread("first"), InThread("second")] }, Ct);
        await Pass(Minutes(10));

        Chat.To(AccountOf(Alice)).Count(message => message.Message.Title == root.Message.Title).ShouldBeLessThanOrEqualTo(5);
        (await SetAside()).ShouldBe(2);
        (await Store.Claims.NextDue(WorkKind.Note, Ct)).ShouldBeNull();

        Chat.HasThreads = true;
        await Store.Commits.Commit(new Changes { Notes = [InThread("third")] }, Ct);
        await Pass(Minutes(1));
        Told(Alice, "third").ShouldBe(1);

        Note InThread(string title) => new()
        {
            Key = title,
            Subject = Subject.Of(request),
            Audience = alice,
            Thread = new CardKey(Subject.Of(request), alice, CardPurpose.Follow),
            Message = new ChatMessage { Title = title },
        };
    }

    [Fact]
    public async Task A_card_that_a_person_cannot_be_sent_is_given_up_and_the_requester_is_told()
    {
        var tries = 0;
        Chat.OnPost = (audience, _) => audience == bob ? Missing(ref tries) : null;
        await Ask();
        await Pass(Hours(1));

        tries.ShouldBe(3);
        Told(Alice, $"One approver of {DatabaseName} cannot be reached").ShouldBe(1);
        (await SetAside()).ShouldBe(1);
    }

    [Fact]
    public async Task Where_no_thread_can_be_had_the_audit_channel_gets_every_line_once_beside_it()
    {
        Chat.HasThreads = false;
        var request = await AskAndApprove("1h");
        await Pass(Hours(2));

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>();
        var lines = Chat.InAuditChannel.Where(message => message.Message.Small?.StartsWith('#') == true).Select(message => message.Message.Small!).ToList();
        lines.ShouldBeUnique();
        lines.Sum(line => line.Count(letter => letter == '#')).ShouldBe((int)(await Store.Verifier.Verify(Ct)).Rows);
        (Chat.InAuditChannel.Count - lines.Count).ShouldBeLessThanOrEqualTo(1 + (2 * lines.Count));
    }

    [Fact]
    public async Task An_audit_channel_that_asked_again_and_again_to_wait_gets_every_line_as_soon_as_it_takes_them()
    {
        var asked = 0;
        Chat.OnPost = (audience, _) => audience is Audience.AuditChannel && ++asked <= 20 ? new Sent.Later(Seconds(1)) : null;
        await AskAndApprove("1h");
        await Pass(Seconds(30));

        asked.ShouldBeGreaterThan(20);
        var lines = Chat.InAuditChannel.Sum(message => message.Message.Small!.Count(letter => letter == '#'));
        lines.ShouldBe((int)(await Store.Verifier.Verify(Ct)).Rows);
    }

    [Fact]
    public async Task Being_asked_to_wait_brings_a_message_no_nearer_to_being_given_up()
    {
        var tries = 0;
        Chat.OnPost = (audience, _) => audience != bob ? null : ++tries switch
        {
            <= 5 => new Sent.Later(Seconds(1)),
            <= 7 => new Sent.Missing(),
            _ => null,
        };
        await Ask();
        await Pass(Minutes(1));

        Chat.To(AccountOf(Bob)).Count.ShouldBe(1);
        (await SetAside()).ShouldBe(0);
    }

    [Fact]
    public async Task A_root_that_another_worker_has_posted_anew_meanwhile_is_not_posted_once_more()
    {
        var request = await Ask();
        var root = Chat.InAuditChannel.Single(message => message.Thread is null);
        var lost = false;
        Commits.Before = async changes =>
        {
            // The note's worker has looked where the root is and is about to post below it.
            if (lost || changes is not { Release: null, Note.Note.Thread: not null })
                return;
            lost = true;
            FakeChat.Lose(root);
            await Store.Commits.Commit(new Changes { Touched = [new CardTouch(Subject.Of(request), CardPurpose.Audit)] }, Ct);
            await Workers.WorkOn(WorkKind.Card, Ct);
            Clock.Advance(Seconds(1));
            await Workers.WorkOn(WorkKind.Card, Ct);
        };
        await Vote(request, Bob);
        await Pass(Minutes(1));

        lost.ShouldBeTrue();
        var anew = Chat.InAuditChannel.Where(message => message.Thread is null).ShouldHaveSingleItem();
        Chat.InAuditChannel.ShouldContain(message => message.Thread == anew.Place && Says(message, "A decision"));
        Chat.InAuditChannel.ShouldContain(message => message.Thread == anew.Place && Says(message, "Granted"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_audit_channel_that_never_answers_and_cannot_be_searched_gets_each_line_twice_at_the_most_and_brings_about_no_endless_rows(bool losesPosts)
    {
        Chat.CanLook = false;
        Chat.LosesPosts = losesPosts;
        Chat.OnPost = (audience, _) => audience is Audience.AuditChannel ? new Sent.Uncertain() : null;
        var request = await AskAndApprove("1h");
        await Pass(Hours(3));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>();
        var rows = (await Store.Verifier.Verify(Ct)).Rows;

        await Pass(Days(2));
        (await Store.Verifier.Verify(Ct)).Rows.ShouldBe(rows);
        (await Store.Claims.NextDue(WorkKind.Note, Ct)).ShouldBeNull();
        // One row for each line that may be missing, the root included, and none about those rows.
        (await SetAside()).ShouldBe(await Sql.CountAsync(Store.Database, "SELECT COUNT(*) FROM notes WHERE dead = 'uncertain'", Ct) + 1);
        foreach (var copies in Chat.InAuditChannel.GroupBy(message => message.Key))
            copies.Count().ShouldBe(2);
        Chat.InAuditChannel.Any().ShouldBe(!losesPosts);

        Chat.OnPost = (_, _) => null;
        var before = Chat.InAuditChannel.Count;
        await AskAndApprove("1h");
        Chat.InAuditChannel.Skip(before).ShouldContain(message => message.Thread != null && Says(message, "Granted"));
    }

    private static Sent.Missing Missing(ref int tries)
    {
        tries++;
        return new Sent.Missing();
    }

    private Task<long> SetAside() => Sql.CountAsync(Store.Database, $"SELECT COUNT(*) FROM audit WHERE kind = '{AuditKind.MessageSetAside}'", Ct);
}

public sealed class SqliteUndeliverableTests() : UndeliverableTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlUndeliverableTests() : UndeliverableTests(DatabaseKind.PostgreSql);
