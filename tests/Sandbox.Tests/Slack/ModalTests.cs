using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.People;
using static ChatGovernance.Sandbox.Tests.Slack.Block;

namespace ChatGovernance.Sandbox.Tests.Slack;

public sealed class ModalTests : BotTest
{
    private static JsonObject Target => Input("target", new JsonObject { ["type"] = "external_select", ["action_id"] = "search", ["min_query_length"] = 2 });

    private static JsonObject Reason => Input("justification", TextInput("text").With("multiline", true).With("min_length", 10));

    private static JsonObject Length =>
        Input("duration", Select("length", Option("8 hours", "8h"), Option("1 day", "1d")).With("initial_option", Option("8 hours", "8h")));

    [Fact]
    public async Task A_search_asks_the_bot_and_offers_what_it_answers()
    {
        OpenModal modal = await Open(Alice, Modal(Target));
        Bot.Answers = _ => Task.FromResult(Results.Json(new { options = new[] { new { text = new { type = "plain_text", text = "Production" }, value = "t1" } } }));
        SearchResult found = await modal.Searches("target", "pr", Ct);
        found.Options.ShouldBe([new SlackOption("Production", "t1")]);
        Last.Path.ShouldBe("/slack/options");
        Last.Payload["type"]!.GetValue<string>().ShouldBe("block_suggestion");
        (Last.Payload["block_id"]!.GetValue<string>(), Last.Payload["action_id"]!.GetValue<string>(), Last.Payload["value"]!.GetValue<string>()).ShouldBe(("target", "search", "pr"));
        await modal.Picks("target", found.Options[0], Ct);
        modal.ValueOf("target").ShouldBe("t1");
    }

    [Fact]
    public async Task A_search_is_asked_for_from_two_characters_on()
    {
        OpenModal modal = await Open(Alice, Modal(Target));
        await Should.ThrowAsync<InvalidOperationException>(() => modal.Searches("target", "p", Ct));
    }

    [Theory]
    [InlineData("""{"options":[{"text":{"type":"plain_text","text":"no value"}}]}""")]
    [InlineData("nonsense")]
    public async Task Options_that_slack_would_not_take_are_not_offered(string answer)
    {
        OpenModal modal = await Open(Alice, Modal(Target));
        Bot.Answers = _ => Task.FromResult(Results.Text(answer));
        (await modal.Searches("target", "pr", Ct)).Trouble.ShouldBe("invalid_options");
    }

    [Fact]
    public async Task A_submission_carries_what_was_entered()
    {
        OpenModal modal = await Open(Alice, Modal(Target, Length, Reason).With("private_metadata", "form-1").With("callback_id", "ask"));
        await modal.Picks("target", new SlackOption("Production", "t1"), Ct);
        modal.Writes("justification", "Incident 4711 <now> & then");
        SubmitResult sent = await modal.Submits(Ct);
        (sent.Closed, sent.Trouble).ShouldBe((true, null));
        modal.IsOpen.ShouldBeFalse();
        Last.Payload["type"]!.GetValue<string>().ShouldBe("view_submission");
        Last.Payload["user"]!["team_id"]!.GetValue<string>().ShouldBe("T0000001");
        Last.Payload["enterprise"].ShouldBeNull();
        JsonNode view = Last.Payload["view"]!;
        view["private_metadata"]!.GetValue<string>().ShouldBe("form-1");
        view["hash"]!.GetValue<string>().ShouldNotBeEmpty();
        view["root_view_id"]!.GetValue<string>().ShouldBe(modal.Id);
        JsonNode values = view["state"]!["values"]!;
        values["target"]!["search"]!["selected_option"]!["value"]!.GetValue<string>().ShouldBe("t1");
        values["duration"]!["length"]!["selected_option"]!["value"]!.GetValue<string>().ShouldBe("8h");
        values["justification"]!["text"]!["value"]!.GetValue<string>().ShouldBe("Incident 4711 <now> & then");
    }

    [Fact]
    public async Task A_required_field_left_empty_is_asked_for_before_the_bot_hears_of_it()
    {
        OpenModal modal = await Open(Alice, Modal(Target, Reason));
        int before = Bot.Inbox.Count;
        modal.Writes("justification", "short");
        SubmitResult sent = await modal.Submits(Ct);
        sent.Errors.ShouldBe(new Dictionary<string, string>
        {
            ["target"] = "Please complete this required field.",
            ["justification"] = "Enter at least 10 characters.",
        });
        Bot.Inbox.Count.ShouldBe(before);
    }

    [Fact]
    public async Task Errors_stand_at_their_fields_and_the_form_can_be_sent_again()
    {
        OpenModal modal = await Open(Alice, Modal(Reason));
        modal.Writes("justification", "because I want it");
        On("view_submission", _ => Results.Json(new { response_action = "errors", errors = new { justification = "Name a ticket." } }));
        (await modal.Submits(Ct)).Errors.ShouldBe(new Dictionary<string, string> { ["justification"] = "Name a ticket." });
        modal.IsOpen.ShouldBeTrue();
        On("view_submission", _ => Results.Ok());
        (await modal.Submits(Ct)).Closed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"response_action":"errors","errors":{"nowhere":"x"}}""", "invalid_errors")]
    [InlineData("""{"response_action":"errors","errors":{}}""", "invalid_errors")]
    [InlineData("""{"response_action":"update","view":{"type":"modal"}}""", "invalid_view")]
    [InlineData("""{"response_action":"dance"}""", "invalid_response")]
    [InlineData("""{"text":"thanks"}""", "invalid_response")]
    [InlineData("thanks", "invalid_response")]
    public async Task An_answer_that_slack_would_not_take_is_trouble(string answer, string trouble)
    {
        OpenModal modal = await Open(Alice, Modal(Section("sure?")));
        On("view_submission", _ => Results.Text(answer));
        SubmitResult sent = await modal.Submits(Ct);
        (sent.Trouble, sent.Closed, modal.IsOpen).ShouldBe((trouble, false, true));
    }

    [Fact]
    public async Task An_answer_updates_pushes_and_clears()
    {
        OpenModal modal = await Open(Alice, Modal(Section("one")));
        On("view_submission", _ => Results.Json(new JsonObject { ["response_action"] = "update", ["view"] = Modal(Section("two")) }));
        await modal.Submits(Ct);
        modal.View.AllText.ShouldBe("two");
        On("view_submission", _ => Results.Json(new JsonObject { ["response_action"] = "push", ["view"] = Modal(Section("three")) }));
        await modal.Submits(Ct);
        Alice.Modal!.View.AllText.ShouldBe("three");
        On("view_submission", _ => Results.Json(new { response_action = "clear" }));
        await Alice.Modal!.Submits(Ct);
        Alice.Modal.ShouldBeNull();
    }

    [Fact]
    public async Task Closing_is_told_where_the_bot_asked_to_be()
    {
        OpenModal silent = await Open(Alice, Modal(Section("silent")));
        int before = Bot.Inbox.Count;
        await silent.Closes(Ct);
        Bot.Inbox.Count.ShouldBe(before);
        OpenModal told = await Open(Alice, Modal(Section("told")).With("notify_on_close", true));
        await told.Closes(Ct);
        Last.Payload["type"]!.GetValue<string>().ShouldBe("view_closed");
        Last.Payload["is_cleared"]!.GetValue<bool>().ShouldBeFalse();
        await Alice.SeesNoModal(ct: Ct);
    }

    [Fact]
    public async Task A_select_that_dispatches_tells_the_bot_and_an_update_keeps_what_was_entered()
    {
        OpenModal modal = await Open(Alice, Modal(Length.With("dispatch_action", true), Reason));
        modal.Writes("justification", "kept");
        await modal.Picks("duration", "1 day", Ct);
        JsonNode action = Last.Payload["actions"]![0]!;
        (action["type"]!.GetValue<string>(), action["selected_option"]!["value"]!.GetValue<string>()).ShouldBe(("static_select", "1d"));
        action["action_ts"]!.GetValue<string>().ShouldNotBeEmpty();
        Last.Payload["container"]!["view_id"]!.GetValue<string>().ShouldBe(modal.Id);
        Last.Payload["view"]!["state"]!["values"]!["duration"]!["length"]!["selected_option"]!["value"]!.GetValue<string>().ShouldBe("1d");
        await Api("views.update", new JsonObject { ["view_id"] = modal.Id, ["view"] = Modal(Section("new"), Length.With("dispatch_action", true), Reason) });
        (modal.ValueOf("duration"), modal.ValueOf("justification")).ShouldBe(("1d", "kept"));
    }

    [Fact]
    public async Task A_select_without_dispatch_is_told_with_the_submission_only()
    {
        OpenModal modal = await Open(Alice, Modal(Length));
        int before = Bot.Inbox.Count;
        await modal.Picks("duration", "1d", Ct);
        Bot.Inbox.Count.ShouldBe(before);
    }
}
