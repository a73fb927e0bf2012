using System.Text.Json.Nodes;
using ChatGovernance.Bot.Tests.Chat;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.Requests;
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
    public async Task A_form_that_was_recorded_as_impossible_gets_its_errors_again_whatever_was_sent_since()
    {
        const string why = "Looking into the failed backup";
        var first = await Submits("1.1", "everything", "8h", why);
        first["response_action"]!.GetValue<string>().ShouldBe("errors");
        (await Submits("1.1", Target, "8h", why)).ToJsonString().ShouldBe(first.ToJsonString());
        Bot.Inbox.Stored.Count.ShouldBe(1);

        // Sent once more by a person, it is another try; its repeat then is that one's, and the first's still the first's.
        var second = await Submits("1.2", Target, "8h", why);
        second["response_action"]!.GetValue<string>().ShouldBe("clear");
        (await Submits("1.2", Target, "8h", why)).ToJsonString().ShouldBe(second.ToJsonString());
        (await Submits("1.1", "everything", "8h", why)).ToJsonString().ShouldBe(first.ToJsonString());
    }

    [Fact]
    public async Task A_form_for_several_is_checked_by_the_rules_of_each_and_accepted_once()
    {
        var offer = new OfferId(new Guid("99999999-8888-7777-6666-555555555555"));
        var metadata = $"{FormText} {offer}:0 {FixedCatalog.Production.Target} {FixedCatalog.Demo.Target}";

        var wrong = await Sent("1.1", metadata, "30d", "short");
        wrong["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["duration", "justification", "ticket"]); // which the second alone asks for
        Bot.Catalog.Current = FixedCatalog.Only(FixedCatalog.Production);
        (await Sent("1.2", metadata, "30m", "Looking into the failed backup"))["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["duration"]); // there is no field for the target
        Bot.Inbox.Offered.ShouldBe(0);

        Bot.Catalog.Current = FixedCatalog.Only(FixedCatalog.Production, FixedCatalog.Demo);
        (await Sent("1.3", metadata, "30m", "Looking into the failed backup")).ToJsonString().ShouldBe("""{"response_action":"clear"}""");
        var submitted = Bot.Read(0).ShouldBeOfType<Command.SubmitOffered>();
        (submitted.Offer, submitted.Way).ShouldBe((offer, 0));
        await Sent("1.4", metadata, "30m", "Looking into the failed backup");
        Bot.Inbox.Stored.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("99999999888877776666555555555555:0")]
    [InlineData("99999999888877776666555555555555:0 group:")]
    [InlineData("x:0 group:11")]
    public async Task A_form_for_several_that_we_never_made_is_recorded(string rest)
    {
        await Sent("1.1", $"{FormText} {rest}".TrimEnd(), "30m", "Looking into the failed backup");
        Bot.Read(0).ShouldBeOfType<Command.Impossible>();
    }

    private async Task<JsonNode> Sent(string trigger, string metadata, string duration, string why) =>
        JsonNode.Parse(await Sends("slack/interactions", Payload(Submission("offered", metadata, Asked("", duration, why, duration == "30m" ? "OPS-1" : null), trigger))))!;

    [Fact]
    public async Task A_target_that_is_not_offered_any_more_is_an_error_at_its_field_and_no_impossible_value()
    {
        var all = Bot.Catalog.Current;
        Bot.Catalog.Current = FixedCatalog.Only(FixedCatalog.Demo);
        var refused = await Submits("1.1", Target, "8h", "Looking into the failed backup");
        refused["errors"]!["target"]!.GetValue<string>().ShouldBe(Sentences.For(new Refusal.NotOffered()));
        Bot.Inbox.Offered.ShouldBe(0);

        // Offered again, the same form is accepted.
        Bot.Catalog.Current = all;
        (await Submits("1.1", Target, "8h", "Looking into the failed backup"))["response_action"]!.GetValue<string>().ShouldBe("clear");
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
    [InlineData("group:../made-up", "8h")]
    [InlineData("everything", "8h")]
    [InlineData("group:8f0c", "a while")]
    public async Task A_value_that_the_form_could_not_have_sent_is_refused_and_recorded(string target, string duration)
    {
        var answer = await Submits("1.1", target, duration, "Looking into the failed backup");

        answer["response_action"]!.GetValue<string>().ShouldBe("errors");
        var impossible = Bot.Read(0).ShouldBeOfType<Command.Impossible>();
        impossible.What.ShouldContain(target);
        impossible.Answered.ShouldBeTrue();
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

        Bot.Read(0).ShouldBeOfType<Command.Impossible>().Answered.ShouldBeFalse();
    }

    [Fact]
    public async Task A_denial_is_a_vote_with_its_reason()
    {
        (await Denies("Use the replica")).ShouldBe("""{"response_action":"clear"}""");

        Bot.Read(0).ShouldBe(new Command.CastVote(Alice, Request, Choice.Deny, "Use the replica"));
        Bot.Inbox.Stored[0].Subject.ShouldBe(Subject.Of(Request));
    }

    [Fact]
    public async Task A_denial_whose_reason_is_too_long_is_given_back_and_can_be_corrected()
    {
        var answer = JsonNode.Parse(await Denies(new string('x', DenyForm.ReasonMaximum + 1)))!;
        answer["response_action"]!.GetValue<string>().ShouldBe("errors");
        answer["errors"]!["reason"]!.GetValue<string>().ShouldBe(Sentences.For(new Refusal.ReasonTooLong(DenyForm.ReasonMaximum)));
        Bot.Inbox.Offered.ShouldBe(0);

        await Denies("Use the replica");
        Bot.Read(0).ShouldBeOfType<Command.CastVote>().Reason.ShouldBe("Use the replica");
    }

    [Fact]
    public async Task A_reason_is_measured_in_characters_and_kept_whole()
    {
        var reason = string.Concat(Enumerable.Repeat("🔒", DenyForm.ReasonMaximum));
        await Denies(reason);

        Bot.Read(0).ShouldBeOfType<Command.CastVote>().Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task A_question_and_an_answer_are_taken_in_an_order_of_their_own()
    {
        var question = new Guid("99999999-8888-7777-6666-555555555555");
        (await Says("question", RequestText, "Why now?")).ShouldBe("""{"response_action":"clear"}""");
        Bot.Read(0).ShouldBe(new Command.AskQuestion(Alice, Request, "Why now?"));
        Bot.Inbox.Stored[0].Subject.ShouldBe(new Subject($"form:{FormText}"));

        await Says("answer", $"{RequestText}:{question:N}", "The import failed.", "22222222222222222222222222222222");
        Bot.Read(1).ShouldBe(new Command.AnswerQuestion(Alice, Request, question, "The import failed."));
    }

    [Fact]
    public async Task A_question_that_is_empty_or_too_long_is_given_back()
    {
        foreach (var text in new[] { "", " \n ", new string('x', QuestionForms.TextMaximum + 1) })
            JsonNode.Parse(await Says("question", RequestText, text))!["errors"]!["question"]!.GetValue<string>().ShouldBe(QuestionForms.Check(text)!.Message);
        Bot.Inbox.Offered.ShouldBe(0);
    }

    private Task<string> Says(string purpose, string about, string text, string form = FormText)
    {
        var values = new JsonObject { ["question"] = new JsonObject { ["question"] = new JsonObject { ["type"] = "plain_text_input", ["value"] = text } } };
        return Sends("slack/interactions", Payload(Submission(purpose, $"{form} {about}", values)));
    }

    private Task<string> Denies(string reason)
    {
        var values = new JsonObject { ["reason"] = new JsonObject { ["reason"] = new JsonObject { ["type"] = "plain_text_input", ["value"] = reason } } };
        return Sends("slack/interactions", Payload(Submission("deny", $"{FormText} {RequestText}", values)));
    }
}
