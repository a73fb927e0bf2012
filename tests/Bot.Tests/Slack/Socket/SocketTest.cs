using System.Text.Json.Nodes;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Slack.Socket;
using ChatGovernance.Bot.Tests.Chat;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.Sandbox.Slack.Sockets;
using SlackSocket = ChatGovernance.Sandbox.Slack.Sockets.SlackSocket;

namespace ChatGovernance.Bot.Tests.Slack.Socket;

/// <summary>A bot without a URL, and a workspace that it has connected to.</summary>
public abstract class SocketTest(TimeProvider time) : IAsyncLifetime
{
    protected const string RequestText = "fedcba9876543210fedcba9876543210";
    protected const string FormText = "0123456789abcdef0123456789abcdef";

    private RunningBot? bot;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected SlackWorkspace Workspace { get; private set; } = null!;

    protected SlackSockets Sockets => Workspace.Sockets;

    protected SlackPerson Alice => Workspace.Person("alice");

    protected static string Target => FixedCatalog.Production.Target.ToString();

    private protected RunningBot Bot => bot!;

    public virtual async ValueTask InitializeAsync() => Workspace = await SlackWorkspace.StartAsync(new SlackWorkspaceOptions { Time = time }, Ct);

    public async ValueTask DisposeAsync()
    {
        if (bot is not null)
            await bot.DisposeAsync();
        await Workspace.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<RunningBot> StartBot(params (string Key, string? Value)[] settings) => StartBot(RunningBot.Quick, settings);

    private protected async Task<RunningBot> StartBot(SocketTimes times, params (string Key, string? Value)[] settings) =>
        bot = await RunningBot.Start(Workspace, time, times, Ct, [.. settings, .. Defaults().ExceptBy(settings.Select(setting => setting.Key), setting => setting.Key)]);

    /// <summary>The open connections, once there are so many and the bot has read its greetings.</summary>
    protected async Task<IReadOnlyList<SlackSocket>> Greeted(int count)
    {
        var open = await Sockets.SeesOpen(count, ct: Ct);
        await Bot.Counted.Until(SocketMetrics.Opened, "", count, Ct);
        return open;
    }

    /// <summary>An envelope over one of the connections.</summary>
    private protected Task<BotAnswer> Delivers(string id, string type, JsonObject payload, bool takesAnswer = true, SlackSocket? over = null) =>
        Sockets.Deliver(over ?? Sockets.Open[0], id, type, payload, takesAnswer, Ct);

    protected static JsonObject Command(string text, string trigger) => new()
    {
        ["command"] = "/request-access",
        ["text"] = text,
        ["user_id"] = "U0000001",
        ["team_id"] = "T0000001",
        ["trigger_id"] = trigger,
        ["is_enterprise_install"] = "false",
    };

    protected static JsonObject HomeOpened(string id) => JsonNode.Parse(
        $$$"""{"type":"event_callback","event_id":"{{{id}}}","team_id":"T0000001","event":{"type":"app_home_opened","user":"U0000001","tab":"home"}}""")!.AsObject();

    private IEnumerable<(string Key, string? Value)> Defaults() => [("Slack:SigningSecret", null), ("Slack:AppToken", Workspace.AppToken)];

    private protected static BotAnswer Acknowledged(string payload = "") => new BotAnswer.Answered(200, payload);
}
