using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Cards and notes on a platform that loses answers, forgets messages and cannot reach everybody.</summary>
public abstract class MessageTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private static readonly Audience bob = new Audience.Person(AccountOf(Bob));

    [Fact]
    public async Task A_first_post_whose_answer_was_lost_is_adopted_and_not_repeated()
    {
        Once(bob, new Sent.Uncertain());
        var request = await Ask();
        await Vote(request, Carol);
        await Pass(Minutes(2));

        var card = Chat.To(AccountOf(Bob)).ShouldHaveSingleItem();
        card.Message.Title.ShouldContain($"Approved by {Carol.Name}");
        card.Message.Actions.Select(action => action.Label).ShouldBe(["Revoke"]);
    }

    [Fact]
    public async Task A_first_post_that_never_arrived_is_made_again()
    {
        Chat.LosesPosts = true;
        Once(bob, new Sent.Uncertain());
        await Ask();
        Chat.To(AccountOf(Bob)).ShouldBeEmpty();
        await Pass(Minutes(2));

        Chat.To(AccountOf(Bob)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_twin_of_an_uncertain_post_is_deleted()
    {
        Once(bob, new Sent.Uncertain());
        await Ask();
        var there = Chat.To(AccountOf(Bob)).ShouldHaveSingleItem();
        await Chat.Post(bob, null, there.Message, there.Key, Ct);
        await Pass(Minutes(2));

        Chat.To(AccountOf(Bob)).ShouldHaveSingleItem().Place.ShouldBe(there.Place);
    }

    [Fact]
    public async Task Where_nobody_can_look_an_uncertain_post_is_made_twice_at_the_most()
    {
        Chat.CanLook = false;
        var posts = 0;
        Chat.OnPost = (audience, _) => audience != bob ? null : posts++ == 1 ? new Sent.Later(Seconds(30)) : new Sent.Uncertain();
        await Ask();
        await Pass(Hours(2));

        Chat.To(AccountOf(Bob)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_card_that_somebody_deleted_is_posted_anew_with_what_is_true_now()
    {
        var request = await Ask();
        FakeChat.Lose(Chat.To(AccountOf(Bob)).Single());
        await Vote(request, Carol);
        await Pass(Minutes(1));

        Chat.To(AccountOf(Bob)).ShouldHaveSingleItem().Message.Title.ShouldContain($"Approved by {Carol.Name}");
    }

    [Fact]
    public async Task What_waits_in_one_thread_of_the_audit_is_said_in_one_message_with_every_line_and_every_mark()
    {
        var away = true;
        Chat.OnPost = (audience, _) => away && audience is Audience.AuditChannel ? new Sent.Later(Minutes(1)) : null;
        await AskAndApprove("1h");
        await Pass(Hours(2));
        away = false;
        await Pass(Minutes(5));

        var thread = Chat.InAuditChannel.Where(message => message.Thread is not null).ToList();
        thread.Count.ShouldBeLessThan(4);
        var marks = string.Join(' ', thread.Select(message => message.Message.Small)).Split([' ', '·'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith('#')).ToList();
        marks.ShouldBe(Enumerable.Range(1, marks.Count).Select(number => $"#{number}"), "Every row of the chain, once and in order.");
        AuditLines.Count(line => line.StartsWith("Ended", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task What_was_posted_in_one_message_and_never_answered_is_said_once(bool lost)
    {
        Sent? answer = new Sent.Later(Minutes(1));
        Chat.OnPost = (audience, _) => audience is Audience.AuditChannel ? answer : null;
        await AskAndApprove("1h");
        await Pass(Hours(2));
        (Chat.LosesPosts, answer) = (lost, new Sent.Uncertain());
        await Pass(Minutes(2));
        answer = null;
        await Pass(Minutes(10));

        AuditLines.Count.ShouldBe(AuditLines.Distinct().Count());
        foreach (var beginning in (string[])["Decision: approved", "Granted", "The end begins", "Ended"])
            AuditLines.Count(line => line.StartsWith(beginning, StringComparison.Ordinal)).ShouldBe(1, beginning);
    }

    [Fact]
    public async Task A_missing_root_is_posted_anew_and_the_thread_goes_on_below_it()
    {
        var request = await Ask();
        var root = Chat.InAuditChannel.Single(message => message.Thread is null);
        FakeChat.Lose(root);
        Chat.OnUpdate = place => place == root.Place ? new Sent.Later(Minutes(1)) : null;
        await Vote(request, Bob);
        await Pass(Minutes(10));

        var anew = Chat.InAuditChannel.Where(message => message.Thread is null).ShouldHaveSingleItem();
        Chat.InAuditChannel.ShouldContain(message => message.Thread == anew.Place && Says(message, "Granted"));
    }

    [Fact]
    public async Task An_approver_who_cannot_be_reached_is_reported_and_holds_up_nobody()
    {
        Chat.OnPost = (audience, _) => audience == bob ? new Sent.Unreachable("account_inactive") : null;
        var request = await Ask();
        await Pass(Minutes(1));

        Told(Alice, $"One approver of {DatabaseName} cannot be reached").ShouldBe(1);
        AuditLines.ShouldContain(line => line.Contains("could not be delivered (account_inactive)"));
        await Vote(request, Carol);
        await Work();
        await StateOf<RequestState.Approved>(request);
        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    [Fact]
    public async Task The_audit_channel_is_never_given_up_and_gets_everything_in_order_when_it_is_mended()
    {
        Chat.OnPost = (audience, _) => audience is Audience.AuditChannel ? new Sent.Unreachable("is_archived") : null;
        var request = await AskAndApprove("1h");
        await Pass(Hours(6));
        await StateOf<RequestState.Approved>(request);
        Chat.InAuditChannel.ShouldBeEmpty();

        Chat.OnPost = (_, _) => null;
        await Pass(Minutes(10));
        var thread = Chat.InAuditChannel.Where(message => message.Thread is not null).Select(message => message.Message.Title).ToList();
        thread[0].ShouldStartWith("Request:");
        thread[^1].ShouldStartWith("Ended:");
    }

    [Fact]
    public async Task A_platform_that_asks_to_wait_is_given_its_time()
    {
        Once(bob, new Sent.Later(Minutes(3)));
        await Ask();
        await Pass(Minutes(3) - Seconds(1));
        Chat.To(AccountOf(Bob)).ShouldBeEmpty();

        await Pass(Seconds(1));
        Chat.To(AccountOf(Bob)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Chat_away_holds_up_no_decision_and_no_grant()
    {
        var request = await Ask();
        Chat.OnPost = (_, _) => new Sent.Later(Minutes(1));
        Chat.OnUpdate = _ => new Sent.Later(Minutes(1));
        await Vote(request, Bob);
        await Pass(Minutes(5));

        await StateOf<RequestState.Approved>(request);
        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    [Fact]
    public async Task Ten_changes_at_once_are_one_update()
    {
        var request = await Ask();
        var before = Chat.Updates;
        for (var i = 0; i < 10; i++)
            await Store.Commits.Commit(new Changes { Touched = [new CardTouch(Subject.Of(request), CardPurpose.Follow)] }, Ct);
        await Work();

        (Chat.Updates - before).ShouldBe(1);
    }

    [Fact]
    public async Task Every_command_is_handled()
    {
        var request = await Ask();
        var by = AccountOf(Bob);
        var form = new FormId(KnownIds.Number(1));
        var input = new FormInput(new Dictionary<string, string> { [Fields.Target] = Database.ToString() });
        Command[] commands =
        [
            new Command.OpenRequestForm(by, "t1", "database"), new Command.PickTarget(by, form, "no-view", input), new Command.SubmitRequest(by, form, input),
            new Command.OpenDenyForm(by, "t2", request), new Command.CastVote(by, request, Core.Approvals.Choice.Deny, null), new Command.ShowHome(by), new Command.Arrive(by), new Command.Reply(by, "title", ["line"]),
            new Command.CancelRequest(by, request), new Command.Nudge(by, request), new Command.OpenShortenForm(by, "t3", request),
            new Command.OpenQuestionForm(by, "t7", request), new Command.AskQuestion(by, request, "Why?"), new Command.OpenAnswerForm(by, "t8", request, KnownIds.Number(1)), new Command.AnswerQuestion(by, request, KnownIds.Number(1), "So."),
            new Command.ReturnGrant(by, request), new Command.ReturnNamed(by, "x"), new Command.OpenExtendForm(by, "t4", request), new Command.ExtendNamed(by, "t5", "x"), new Command.SubmitExtension(by, form, request, input),
            new Command.RevokeGrant(by, request), new Command.RevokeAll(by, "x"), new Command.SetFreeze(by, true), new Command.AllowEmergency(by, "x", "y"), new Command.ShowHelp(by), new Command.ShowStatus(by), new Command.Inquire(by, new Core.Inquiries.Inquiry.Lint()),
            new Command.BeginLink(by), new Command.EnterCode(by, "1234-5678"), new Command.EndLink(by, null), new Command.ShowLinks(by), new Command.FileAtLogin(Bob.Id, [Database], Hours(1), "To repair the nightly import."), new Command.OpenOfferForm(by, "t6", new OfferId(KnownIds.Number(1)), 0), new Command.SubmitOffered(by, form, new OfferId(KnownIds.Number(1)), 0, input), new Command.SetLoginPolicy(by, "shop", null), new Command.DecideLoginPolicy(by, new LoginChangeId(KnownIds.Number(1)), true), new Command.Impossible(by, "a click on \"x\""),
        ];
        commands.Select(command => command.GetType()).ShouldBe(typeof(Command).GetNestedTypes(), ignoreOrder: true);

        foreach (var command in commands)
            await Press(command, command.Sender is null ? Subject.System : null);
        await Pass(Minutes(1));

        (await Store.Claims.NextDue(WorkKind.Inbox, Ct)).ShouldBeNull();
        Chat.Forms.Values.Select(shown => shown.Title).ShouldBe(["Request access", "Request access", "Deny access", "Approve for less", "Ask a question", "Answer a question", "Extend access"], ignoreOrder: true);
        Chat.Homes.ShouldContainKey(by);
        Told(Bob, "Your access").ShouldBe(1);
        Told(Bob, "That was not answered").ShouldBe(1);
        Told(Bob, "Your request was not taken").ShouldBe(3);
        Told(Bob, "Nothing was revoked").ShouldBe(2);
        Told(Bob, "Nothing was frozen").ShouldBe(1);
        Told(Bob, "The login policy was not set").ShouldBe(2);
        Told(Bob, "Nothing was allowed").ShouldBe(1);
        Told(Bob, "That button or form could not be used").ShouldBe(1);
        Told(Bob, "Connect your Keycloak account").ShouldBe(1);
        Told(Bob, "Your account was not connected").ShouldBe(1);
        Told(Bob, "Nothing was changed").ShouldBe(2);
        AuditLines.Count(line => line.Contains("no form of ours could have sent")).ShouldBe(4);
    }

    [Theory, InlineData(CrashAt.Nowhere), InlineData(CrashAt.BeforeEach), InlineData(CrashAt.AfterEach)]
    public async Task What_nothing_of_ours_offers_is_told_to_its_sender_and_recorded_once_through_a_crash_at_every_commit(CrashAt at)
    {
        Commits.At = at;
        await Press(new Command.Impossible(AccountOf(Mallory), "a click on \"make-me-admin\""));
        await Pass(Hours(1));

        Told(Mallory, "That button or form could not be used").ShouldBe(1);
        AuditLines.Count(line => line.Contains("no form of ours could have sent")).ShouldBe(1);
    }

    [Fact]
    public async Task Who_was_told_at_the_field_is_not_told_again()
    {
        await Press(new Command.Impossible(AccountOf(Mallory), "a request form", Answered: true));
        await Pass(Minutes(1));

        TitlesTo(Mallory).ShouldBeEmpty();
        AuditLines.Count(line => line.Contains("no form of ours could have sent")).ShouldBe(1);
    }

    [Fact]
    public async Task A_press_that_is_taken_up_too_late_opens_nothing_and_says_so()
    {
        await Press(new Command.OpenRequestForm(AccountOf(Alice), "t1", ""));
        Clock.Advance(Seconds(4));
        await Work();

        Chat.Forms.ShouldBeEmpty();
        Told(Alice, "That took too long").ShouldBe(1);
    }

    [Fact]
    public async Task The_form_picks_the_only_target_that_a_search_finds_and_names_who_decides()
    {
        await Press(new Command.OpenRequestForm(AccountOf(Alice), "t1", "data"));
        await Work();

        var form = Chat.Forms.Values.ShouldHaveSingleItem();
        form.Parts.OfType<FormPart.Search>().Single().Picked.ShouldNotBeNull().Value.ShouldBe(Database.ToString());
        form.Parts.OfType<FormPart.Facts>().Single().Items.ShouldContain(new Fact("Decided by", $"{Bob.Name}, {Carol.Name}"));
    }

    [Theory, InlineData(2, true), InlineData(9, false)]
    public async Task A_form_that_Slack_did_not_fill_at_once_is_filled_again_and_not_for_ever(int failures, bool filled)
    {
        var tries = 0;
        Chat.OnUpdateForm = () => ++tries <= failures ? new FormShown.Failed("no_answer") : null;
        await Press(new Command.OpenRequestForm(AccountOf(Alice), "t1", "data"));
        await Work();

        tries.ShouldBe(3);
        Chat.Forms.Values.ShouldHaveSingleItem().Parts.OfType<FormPart.Search>().Any().ShouldBe(filled);
    }

    /// <summary>The first post to this audience is answered so.</summary>
    private void Once(Audience to, Sent answer)
    {
        var first = true;
        Chat.OnPost = (audience, _) =>
        {
            if (audience != to || !first)
                return null;
            first = false;
            return answer;
        };
    }
}

public sealed class SqliteMessageTests() : MessageTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlMessageTests() : MessageTests(DatabaseKind.PostgreSql);
