using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;

namespace ChatGovernance.Sandbox.Tests.Slack;

/// <summary>A workspace with a scripted bot.</summary>
public abstract class BotTest : WorkspaceTest
{
    protected ScriptedBot Bot { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Bot = await ScriptedBot.StartAsync(Workspace, Ct);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Bot.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the bot answers to payloads of this type; anything else gets an empty 200.</summary>
    protected void On(string type, Func<JsonObject, IResult> answer) =>
        Bot.Answers = received => Task.FromResult(received.Payload["type"]?.GetValue<string>() == type ? answer(received.Payload) : Results.Ok());

    /// <summary>Types the command and opens this view with its trigger, as a bot does.</summary>
    protected async Task<OpenModal> Open(SlackPerson person, JsonObject view)
    {
        await person.Types("/request-access", Ct);
        string trigger = Bot.Inbox.Last().Form["trigger_id"];
        (await Api("views.open", new JsonObject { ["trigger_id"] = trigger, ["view"] = view })).Error().ShouldBeNull();
        return await person.SeesModal(ct: Ct);
    }

    /// <summary>Posts blocks to a channel and gives the message back.</summary>
    protected async Task<SlackMessage> Card(string channel, params JsonNode?[] blocks)
    {
        JsonObject answer = await Api("chat.postMessage", new JsonObject { ["channel"] = channel, ["text"] = "card", ["blocks"] = new JsonArray(blocks) });
        answer.Error().ShouldBeNull();
        return Workspace.Messages[^1];
    }

    protected Received Last => Bot.Inbox.Last();
}
