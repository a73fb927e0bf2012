using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using static ChatGovernance.Sandbox.Tests.Slack.Block;

namespace ChatGovernance.Sandbox.Tests.Slack;

public sealed class ClickAndHomeTests : BotTest
{
    [Fact]
    public async Task A_click_is_sent_as_slack_sends_it()
    {
        SlackMessage card = await Card("U0000002", Section("Alice asks"), Actions(Button("Approve", "approve", "r1").With("style", "primary"), Button("Deny", "deny", "r1")));
        (await Bob.Clicks(card, "Approve", Ct)).Worked.ShouldBeTrue();
        JsonObject payload = Last.Payload;
        Last.Path.ShouldBe("/slack/interactions");
        payload["type"]!.GetValue<string>().ShouldBe("block_actions");
        (payload["user"]!["id"]!.GetValue<string>(), payload["team"]!["id"]!.GetValue<string>()).ShouldBe(("U0000002", "T0000001"));
        payload["container"]!["message_ts"]!.GetValue<string>().ShouldBe(card.Ts);
        payload["channel"]!["id"]!.GetValue<string>().ShouldBe(Bob.Direct.Id);
        payload["message"]!["blocks"]!.AsArray().Count.ShouldBe(2);
        JsonNode action = payload["actions"]!.AsArray().ShouldHaveSingleItem()!;
        (action["action_id"]!.GetValue<string>(), action["value"]!.GetValue<string>(), action["style"]!.GetValue<string>()).ShouldBe(("approve", "r1", "primary"));
        action["block_id"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_stale_button_can_still_be_pressed()
    {
        SlackMessage card = await Card(General, Actions(Button("Approve", "approve", "r1")));
        await Api("chat.update", new JsonObject { ["channel"] = card.ChannelId, ["ts"] = card.Ts, ["text"] = "decided" });
        await Bob.Clicks(card, "Approve", Ct);
        Last.Payload["actions"]![0]!["value"]!.GetValue<string>().ShouldBe("r1");
        Last.Payload["message"]!["text"]!.GetValue<string>().ShouldBe("decided");
    }

    [Fact]
    public async Task A_button_that_is_not_there_cannot_be_pressed()
    {
        SlackMessage card = await Card(General, Actions(Button("Approve", "approve")));
        (await Should.ThrowAsync<InvalidOperationException>(() => Bob.Clicks(card, "Deny", Ct))).Message.ShouldContain("Approve");
    }

    [Fact]
    public async Task A_stranger_clicks_under_their_own_team()
    {
        SlackPerson sam = Workspace.AddPerson(new SlackUser { Id = "U9000001", Name = "sam", RealName = "Sam", TeamId = "T0000009" });
        SlackMessage card = await Card(General, Actions(Button("Approve", "approve")));
        await sam.Clicks(card, "Approve", Ct);
        (Last.Payload["user"]!["team_id"]!.GetValue<string>(), Last.Payload["team"]!["id"]!.GetValue<string>()).ShouldBe(("T0000009", "T0000001"));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    [InlineData(302)]
    public async Task A_bot_that_does_not_answer_200_shows_a_warning(int status)
    {
        SlackMessage card = await Card(General, Actions(Button("Approve", "approve")));
        Bot.Answers = _ => Task.FromResult(Results.StatusCode(status));
        (await Bob.Clicks(card, "Approve", Ct)).Trouble.ShouldBe("dispatch_failed");
    }

    [Fact]
    public async Task A_select_in_a_message_tells_what_was_picked()
    {
        SlackMessage card = await Card(General, Actions(Select("length", Option("8 hours", "8h"), Option("1 day", "1d"))));
        await Bob.Picks(card, "length", "1 day", Ct);
        Last.Payload["actions"]![0]!["selected_option"]!["value"]!.GetValue<string>().ShouldBe("1d");
    }

    [Fact]
    public async Task Opening_home_sends_an_event_and_the_bot_publishes()
    {
        (await Alice.OpensHome(Ct)).Worked.ShouldBeTrue();
        JsonObject told = Last.Payload;
        (told["type"]!.GetValue<string>(), told["event"]!["type"]!.GetValue<string>()).ShouldBe(("event_callback", "app_home_opened"));
        (told["event"]!["user"]!.GetValue<string>(), told["event"]!["tab"]!.GetValue<string>()).ShouldBe(("U0000001", "home"));
        told["event_id"]!.GetValue<string>().ShouldStartWith("Ev");
        await Api("views.publish", new JsonObject { ["user_id"] = "U0000001", ["view"] = Home(Actions(Button("End", "end", "g1"))) });
        await Alice.SeesHome(h => h.Buttons.Count == 1, ct: Ct);
        await Alice.ClicksAtHome("End", Ct);
        Last.Payload["container"]!["view_id"]!.GetValue<string>().ShouldBe(Alice.Home!.Id);
        Last.Payload["view"]!["type"]!.GetValue<string>().ShouldBe("home");
    }

    [Fact]
    public async Task An_event_that_was_not_taken_comes_again_at_once_and_after_a_minute_and_five()
    {
        Bot.Answers = _ => Task.FromResult(Results.StatusCode(503));
        (await Alice.OpensHome(Ct)).Worked.ShouldBeFalse();
        foreach (int minutes in (int[])[1, 5])
        {
            while (Clock.UntilNext != TimeSpan.FromMinutes(minutes)) await Task.Yield();
            Clock.Advance(TimeSpan.FromMinutes(minutes));
        }
        await Workspace.Events.Settled();
        Bot.Inbox.Select(r => r.Headers.GetValueOrDefault("X-Slack-Retry-Num")).ShouldBe([null, "1", "2", "3"]);
        Bot.Inbox.Select(r => r.Payload["event_id"]!.GetValue<string>()).Distinct().Count().ShouldBe(1);
        Last.Headers["X-Slack-Retry-Reason"].ShouldBe("http_error");
    }

    [Fact]
    public async Task An_event_url_is_verified_by_its_challenge()
    {
        (await Workspace.VerifiesEventUrl(Ct)).ShouldBeFalse();
        On("url_verification", p => Results.Json(new { challenge = p["challenge"]!.GetValue<string>() }));
        (await Workspace.VerifiesEventUrl(Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task Waiting_ends_with_the_change_that_was_waited_for_and_fails_without_one()
    {
        Task<SlackMessage> seen = Bob.SeesMessage(m => m.AllText.Contains("approved"), ct: Ct);
        string ts = await Post("U0000002", "asked");
        seen.IsCompleted.ShouldBeFalse();
        await Api("chat.update", new JsonObject { ["channel"] = Bob.Direct.Id, ["ts"] = ts, ["text"] = "approved" });
        (await seen).Ts.ShouldBe(ts);
        await Should.ThrowAsync<TimeoutException>(() => Alice.SeesMessage(_ => true, TimeSpan.FromMilliseconds(20), Ct));
    }
}
