using System.Text.Json.Nodes;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;
using static ChatGovernance.Bot.Tests.Slack.SignedCalls;

namespace ChatGovernance.Bot.Tests.Slack.Ingress;

public sealed class FormTests : IngressTest
{
    [Fact]
    public async Task A_form_is_given_back_with_errors_at_its_fields_until_it_is_right_and_then_accepted_once()
    {
        var wrong = await Submits("1.1", Target, "30d", "short");
        wrong["response_action"]!.GetValue<string>().ShouldBe("errors");
        wrong["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["duration", "justification"]);
        Bot.Inbox.Offered.ShouldBe(0);

        var right = await Submits("1.2", Target, "8h", "Looking into the failed backup");
        right.ToJsonString().ShouldBe("""{"response_action":"clear"}""");
        Bot.Read(0).ShouldBeOfType<Command.SubmitRequest>().Input[Fields.Justification].ShouldBe("Looking into the failed backup");

        // Pressed twice, or sent again by the platform: another trigger, the same form.
        (await Submits("1.3", Target, "8h", "Looking into the failed backup, again")).ToJsonString().ShouldBe(right.ToJsonString());
        Bot.Inbox.Stored.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_form_that_was_accepted_gets_its_first_answer_again_when_it_would_be_refused_by_now()
    {
        var first = await Submits("1.1", Target, "8h", "Looking into the failed backup");
        Bot.Catalog.Current = FixedCatalog.Only(FixedCatalog.Demo);

        (await Submits("1.1", Target, "8h", "Looking into the failed backup")).ToJsonString().ShouldBe(first.ToJsonString());
        (await Submits("1.2", Target, "8h", "Looking into the failed backup")).ToJsonString().ShouldBe(first.ToJsonString());

        Bot.Inbox.Stored.Count.ShouldBe(1);
        Bot.Inbox.Woken.ShouldBe(1);
    }

    [Fact]
    public async Task A_form_that_was_recorded_as_impossible_gets_its_errors_again_when_it_would_be_accepted_by_now()
    {
        var all = Bot.Catalog.Current;
        Bot.Catalog.Current = FixedCatalog.Only(FixedCatalog.Demo);
        var first = await Submits("1.1", Target, "8h", "Looking into the failed backup");
        Bot.Catalog.Current = all;

        (await Submits("1.1", Target, "8h", "Looking into the failed backup")).ToJsonString().ShouldBe(first.ToJsonString());
        Bot.Inbox.Stored.Count.ShouldBe(1);

        // Sent once more by a person, it is another try; its repeat then is that one's, and the first's still the first's.
        var second = await Submits("1.2", Target, "8h", "Looking into the failed backup");
        second["response_action"]!.GetValue<string>().ShouldBe("clear");
        (await Submits("1.2", Target, "8h", "Looking into the failed backup")).ToJsonString().ShouldBe(second.ToJsonString());
        (await Submits("1.1", Target, "8h", "Looking into the failed backup")).ToJsonString().ShouldBe(first.ToJsonString());
    }

    [Fact]
    public async Task The_same_form_sent_by_somebody_else_is_another_delivery()
    {
        await Submits("1.1", Target, "8h", "Looking into the failed backup");
        var other = Submission("ask", FormText, Asked(Target, "8h", "Looking into the failed backup"), "1.2");
        other["user"]!["id"] = "U0000009";
        await Sends("slack/interactions", Payload(other));

        Bot.Inbox.Stored.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_ticket_is_asked_for_at_its_own_field()
    {
        var answer = await Submits("1.1", FixedCatalog.Demo.Target.ToString(), "30m", "Looking into the failed backup");

        answer["errors"]!["ticket"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("group:made-up", "8h")]
    [InlineData("everything", "8h")]
    [InlineData("group:8f0c", "a while")]
    public async Task A_value_that_the_form_could_not_have_sent_is_refused_and_recorded(string target, string duration)
    {
        var answer = await Submits("1.1", target, duration, "Looking into the failed backup");

        answer["response_action"]!.GetValue<string>().ShouldBe("errors");
        Bot.Read(0).ShouldBeOfType<Command.Impossible>().What.ShouldContain(target);
        (await Submits("1.2", Target, "8h", "Looking into the failed backup"))["response_action"]!.GetValue<string>().ShouldBe("clear");
    }

    [Theory]
    [InlineData("ask", "no id")]
    [InlineData("deny", FormText)]
    [InlineData("deny", FormText + " " + "x")]
    [InlineData("other", FormText)]
    public async Task A_form_that_is_none_of_ours_is_recorded(string callback, string metadata)
    {
        await Sends("slack/interactions", Payload(Submission(callback, metadata, [])));

        Bot.Read(0).ShouldBeOfType<Command.Impossible>();
    }

    [Fact]
    public async Task A_denial_is_a_vote_with_its_reason()
    {
        var values = new JsonObject { ["reason"] = new JsonObject { ["reason"] = new JsonObject { ["type"] = "plain_text_input", ["value"] = "Use the replica" } } };

        (await Sends("slack/interactions", Payload(Submission("deny", $"{FormText} {RequestText}", values)))).ShouldBe("""{"response_action":"clear"}""");

        Bot.Read(0).ShouldBe(new Command.CastVote(Alice, Request, Choice.Deny, "Use the replica"));
        Bot.Inbox.Stored[0].Subject.ShouldBe(Subject.Of(Request));
    }
}
