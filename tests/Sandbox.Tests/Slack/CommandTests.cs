using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;

namespace ChatGovernance.Sandbox.Tests.Slack;

public sealed class CommandTests : BotTest
{
    [Fact]
    public async Task A_command_is_sent_as_slack_sends_it()
    {
        CommandResult result = await Alice.Types("/request-access prod database", Ct, General);
        result.ShouldBe(new CommandResult(null, null));
        Last.Path.ShouldBe("/slack/commands");
        Last.Form["command"].ShouldBe("/request-access");
        Last.Form["text"].ShouldBe("prod database");
        (Last.Form["team_id"], Last.Form["user_id"], Last.Form["channel_id"]).ShouldBe(("T0000001", "U0000001", General));
        Last.Form["is_enterprise_install"].ShouldBe("false");
        Last.Form.ContainsKey("enterprise_id").ShouldBeFalse();
    }

    [Fact]
    public async Task Direct_messages_are_where_a_command_is_typed_unless_told()
    {
        await Alice.Types("/request-access", Ct);
        (Last.Form["channel_id"], Last.Form["channel_name"], Last.Form["text"]).ShouldBe((Alice.Direct.Id, "directmessage", ""));
    }

    [Fact]
    public async Task The_answer_is_for_the_person_alone()
    {
        Bot.Answers = _ => Task.FromResult(Results.Json(new { text = "try help" }));
        CommandResult result = await Alice.Types("/request-access nonsense", Ct, General);
        result.Answer!.Text.ShouldBe("try help");
        Alice.Messages.Count.ShouldBe(1);
        Bob.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_in_the_channel_is_for_everybody()
    {
        Bot.Answers = _ => Task.FromResult(Results.Json(new { response_type = "in_channel", text = "hello" }));
        await Alice.Types("/request-access hello", Ct, General);
        Bob.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_bot_that_takes_longer_than_three_seconds_has_failed()
    {
        var arrived = new TaskCompletionSource();
        var never = new TaskCompletionSource<IResult>();
        Bot.Answers = _ =>
        {
            arrived.SetResult();
            return never.Task;
        };
        Task<CommandResult> typed = Alice.Types("/request-access", Ct);
        await arrived.Task;
        Clock.Advance(TimeSpan.FromSeconds(3));
        (await typed).Error.ShouldBe("operation_timeout");
        Alice.Messages[^1].Text.ShouldBe("/request-access failed with the error \"operation_timeout\"");
        never.SetResult(Results.Ok());
    }

    [Fact]
    public async Task A_bot_that_is_away_or_broken_has_failed()
    {
        Bot.Answers = _ => Task.FromResult(Results.StatusCode(500));
        (await Alice.Types("/request-access", Ct)).Error.ShouldBe("dispatch_failed");
        await Bot.DisposeAsync();
        (await Alice.Types("/request-access", Ct)).Error.ShouldBe("dispatch_failed");
        (await Alice.Types("/other", Ct)).Error.ShouldBe("unknown_command");
    }

    [Fact]
    public async Task A_response_url_takes_five_answers()
    {
        Uri url = await ResponseUrl();
        using var http = new HttpClient(new SocketsHttpHandler());
        for (int i = 0; i < 5; i++) (await http.PostAsJsonAsync(url, new { text = $"n{i}" }, Ct)).IsSuccessStatusCode.ShouldBeTrue();
        HttpResponseMessage sixth = await http.PostAsJsonAsync(url, new { text = "n5" }, Ct);
        (await sixth.Content.ReadFromJsonAsync<JsonObject>(Ct))!.Error().ShouldBe("used_url");
        Alice.Messages.Select(m => m.Text).ShouldBe(["n0", "n1", "n2", "n3", "n4"]);
    }

    [Fact]
    public async Task A_response_url_lives_for_half_an_hour()
    {
        Uri url = await ResponseUrl();
        using var http = new HttpClient(new SocketsHttpHandler());
        Clock.Advance(TimeSpan.FromMinutes(30) + TimeSpan.FromSeconds(1));
        HttpResponseMessage late = await http.PostAsJsonAsync(url, new { text = "late" }, Ct);
        (await late.Content.ReadFromJsonAsync<JsonObject>(Ct))!.Error().ShouldBe("expired_url");
    }

    [Fact]
    public async Task A_response_url_replaces_or_deletes_the_message_it_came_from()
    {
        SlackMessage card = await Card(General, Block.Actions(Block.Button("Approve", "approve")));
        await Alice.Clicks(card, "Approve", Ct);
        var url = new Uri(Last.Payload["response_url"]!.GetValue<string>());
        using var http = new HttpClient(new SocketsHttpHandler());
        await http.PostAsJsonAsync(url, new { replace_original = true, text = "decided" }, Ct);
        Workspace.Messages.ShouldHaveSingleItem().AllText.ShouldBe("decided");
        await http.PostAsJsonAsync(url, new { delete_original = true }, Ct);
        Workspace.Messages.ShouldBeEmpty();
    }

    private async Task<Uri> ResponseUrl()
    {
        await Alice.Types("/request-access", Ct);
        return new Uri(Last.Form["response_url"]);
    }
}
