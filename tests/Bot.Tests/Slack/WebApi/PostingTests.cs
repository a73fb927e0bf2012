using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;

namespace ChatGovernance.Bot.Tests.Slack.WebApi;

public sealed class PostingTests : SlackChatTest
{
    [Fact]
    public async Task A_direct_message_arrives_and_is_changed_by_its_own_channel()
    {
        var place = await Posted(To(Alice));

        place.Conversation.ShouldBe(Alice.Direct.Id);
        (await Chat.Update(place, new ChatMessage { Title = "Hello again" }, Ct)).ShouldBe(new Sent.Done(place));
        Workspace.Messages.ShouldHaveSingleItem().AllText.ShouldContain("Hello again");
    }

    [Fact]
    public async Task The_conversation_of_a_person_is_opened_once()
    {
        await Posted(To(Alice));
        await Posted(To(Alice), key: Guid.Empty);

        Workspace.Calls.Count(call => call.Method == "conversations.open").ShouldBe(1);
    }

    [Fact]
    public async Task The_audit_channel_is_found_by_name_over_all_pages_and_joined()
    {
        foreach (var number in Enumerable.Range(0, 1200))
            Workspace.AddChannel($"team-{number}", withApp: false);
        await using var other = await RunningBot.Start(Workspace, Clock, Ct, ("Slack:AuditChannel", "#team-1199"));

        var sent = await other.Chat.Post(Audit, null, Hello, Key, Ct);

        sent.ShouldBeOfType<Sent.Done>().Place.Conversation.ShouldBe(Workspace.Channel("team-1199").Id);
        Workspace.Calls.Count(call => call.Method == "conversations.list").ShouldBe(2);
        Workspace.Calls.Count(call => call.Method == "conversations.join").ShouldBe(1);
    }

    [Fact]
    public async Task A_reply_goes_to_its_thread()
    {
        var root = await Posted(Audit);
        var reply = await Posted(Audit, thread: root);

        Workspace.Messages[1].ThreadTs.ShouldBe(root.Message);
        reply.Conversation.ShouldBe(root.Conversation);
    }

    [Fact]
    public async Task A_message_that_is_gone_is_missing_and_so_is_the_root_of_a_thread()
    {
        var place = await Posted(Audit);
        (await Chat.Delete(place, Ct)).ShouldBe(new Sent.Done(place));

        (await Chat.Update(place, Hello, Ct)).ShouldBe(new Sent.Missing());
        (await Chat.Post(Audit, place, Hello, Key, Ct)).ShouldBe(new Sent.Missing());
        (await Chat.Delete(place, Ct)).ShouldBe(new Sent.Done(place));
    }

    [Fact]
    public async Task An_archived_channel_cannot_be_reached_and_works_again_once_it_is_back()
    {
        await Posted(Audit);
        var id = Workspace.Channel("access-audit").Id;
        Workspace.ChangeChannel(id, channel => channel with { IsArchived = true });
        Clock.Advance(TimeSpan.FromSeconds(2));

        (await Chat.Post(Audit, null, Hello, Key, Ct)).ShouldBe(new Sent.Unreachable("is_archived"));
        Workspace.ChangeChannel(id, channel => channel with { IsArchived = false });
        await Posted(Audit);
    }

    [Fact]
    public async Task An_account_that_is_gone_cannot_be_reached()
    {
        Workspace.ChangePerson(Alice.Id, user => user with { IsDeleted = true });
        (await Chat.Post(To(Alice), null, Hello, Key, Ct)).ShouldBe(new Sent.Unreachable("user_disabled"));

        var nobody = new Audience.Person(new ChatAccount(ChatPlatform.Slack, Workspace.TeamId, "U404"));
        (await Chat.Post(nobody, null, Hello, Key, Ct)).ShouldBe(new Sent.Unreachable("user_not_found"));
    }

    [Fact]
    public async Task A_burst_in_one_channel_is_paced_and_holds_up_no_other()
    {
        await Posted(To(Alice));
        await Chat.Post(To(Alice), null, Hello, Key, Ct);

        (await Chat.Post(To(Alice), null, Hello, Key, Ct)).ShouldBe(new Sent.Later(TimeSpan.FromSeconds(1)));
        (await Chat.Post(Audit, null, Hello, Key, Ct)).ShouldBeOfType<Sent.Done>();
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await Chat.Post(To(Alice), null, Hello, Key, Ct)).ShouldBeOfType<Sent.Done>();
    }

    [Fact]
    public async Task Those_that_are_turned_away_together_come_back_one_after_another_and_within_five_minutes()
    {
        var waits = new List<TimeSpan>();
        for (var post = 0; post < 400; post++)
        {
            if (await Chat.Post(To(Alice), null, Hello, Key, Ct) is Sent.Later later)
                waits.Add(later.Wait);
        }

        waits.Count.ShouldBe(398);
        waits.Take(300).Select(wait => wait.TotalSeconds).ShouldBe(Enumerable.Range(1, 300).Select(second => (double)second));
        waits.Max().ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Slacks_own_wish_to_wait_is_kept_for_that_channel_alone()
    {
        await Posted(To(Alice));
        await Posted(Audit);
        Clock.Advance(TimeSpan.FromSeconds(5));
        Workspace.Faults.RateLimited(TimeSpan.FromSeconds(30), "chat.postMessage", Alice.Direct.Id);

        (await Chat.Post(To(Alice), null, Hello, Key, Ct)).ShouldBe(new Sent.Later(TimeSpan.FromSeconds(30)));
        var calls = Workspace.Calls.Count;
        (await Chat.Post(To(Alice), null, Hello, Key, Ct)).ShouldBe(new Sent.Later(TimeSpan.FromSeconds(30)));
        Workspace.Calls.Count.ShouldBe(calls);
        (await Chat.Post(Audit, null, Hello, Key, Ct)).ShouldBeOfType<Sent.Done>();

        Clock.Advance(TimeSpan.FromSeconds(30));
        (await Chat.Post(To(Alice), null, Hello, Key, Ct)).ShouldBeOfType<Sent.Done>();
    }

    [Fact]
    public async Task A_post_whose_answer_is_lost_is_uncertain()
    {
        Workspace.Faults.LostAnswer("chat.postMessage");
        (await Chat.Post(To(Alice), null, Hello, Key, Ct)).ShouldBe(new Sent.Uncertain());
        Workspace.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_post_that_takes_too_long_is_uncertain()
    {
        var held = Workspace.Faults.HeldAfter("chat.postMessage");
        var post = Chat.Post(To(Alice), null, Hello, Key, Ct);
        await held.Reached;
        Clock.Advance(TimeSpan.FromSeconds(10));

        (await post).ShouldBe(new Sent.Uncertain());
    }

    [Fact]
    public async Task A_server_error_and_an_answer_that_is_none_are_uncertain_when_posting()
    {
        Workspace.Faults.ServerError("chat.postMessage");
        (await Chat.Post(To(Alice), null, Hello, Key, Ct)).ShouldBe(new Sent.Uncertain());
        Workspace.Faults.ServerError("chat.postMessage", status: 404);
        (await Chat.Post(To(Alice), null, Hello, Key, Ct)).ShouldBe(new Sent.Uncertain());
    }

    [Fact]
    public async Task Nothing_was_sent_while_the_conversation_was_not_even_found()
    {
        Workspace.Faults.LostAnswer("conversations.open");
        (await Chat.Post(To(Alice), null, Hello, Key, Ct)).ShouldBeOfType<Sent.Later>();
        Workspace.Faults.ServerError("conversations.open");
        (await Chat.Post(To(Alice), null, Hello, Key, Ct)).ShouldBeOfType<Sent.Later>();
        Workspace.Messages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("fatal_error", typeof(Sent.Uncertain))]
    [InlineData("internal_error", typeof(Sent.Uncertain))]
    [InlineData("service_unavailable", typeof(Sent.Later))]
    [InlineData("ratelimited", typeof(Sent.Later))]
    [InlineData("invalid_auth", typeof(Sent.Later))]
    [InlineData("missing_scope", typeof(Sent.Later))]
    [InlineData("not_in_channel", typeof(Sent.Unreachable))]
    [InlineData("account_inactive", typeof(Sent.Unreachable))]
    [InlineData("invalid_blocks", typeof(Sent.Rejected))]
    [InlineData("something_new", typeof(Sent.Rejected))]
    public async Task Each_code_has_its_outcome(string code, Type outcome)
    {
        Workspace.Faults.Refused(code, "chat.postMessage");
        (await Chat.Post(To(Alice), null, Hello, Key, Ct)).ShouldBeOfType(outcome);
    }

    [Fact]
    public async Task Slack_that_cannot_be_connected_to_was_sent_nothing()
    {
        await using var lonely = await RunningBot.Start(null, Clock, Ct, ("Slack:ApiUrl", "http://127.0.0.1:1/api/"));
        (await lonely.Chat.Post(To(Alice), null, Hello, Key, Ct)).ShouldBeOfType<Sent.Later>();
    }
}
