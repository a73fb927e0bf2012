using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChatGovernance.Bot.Tests.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport;
using static ChatGovernance.Bot.Tests.Slack.SignedCalls;

namespace ChatGovernance.Bot.Tests.Slack.Ingress;

/// <summary>A running bot, and signed calls to it.</summary>
public abstract class IngressTest : IAsyncLifetime
{
    protected const string FormText = "0123456789abcdef0123456789abcdef";
    protected const string RequestText = "fedcba9876543210fedcba9876543210";

    protected static readonly ChatAccount Alice = new(ChatPlatform.Slack, "T0000001", "U0000001");
    protected static readonly ChatAccount Bob = new(ChatPlatform.Slack, "T0000001", "U0000002");

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected static string Target => FixedCatalog.Production.Target.ToString();

    protected static RequestId Request => Core.Requests.RequestId.TryParse(RequestText, out var request) ? request : throw new FormatException(RequestText);

    protected ManualClock Clock { get; } = new();

    private protected RunningBot Bot { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Bot = await RunningBot.Start(null, Clock, Ct);

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static byte[] HomeOpened(string tab) => Encoding.UTF8.GetBytes(
        $$$"""{"type":"event_callback","event_id":"Ev1","team_id":"T0000001","event":{"type":"app_home_opened","user":"U0000001","tab":"{{{tab}}}"}}""");

    /// <summary>Alice sends the request form.</summary>
    protected async Task<JsonNode> Submits(string trigger, string target, string duration, string why) =>
        JsonNode.Parse(await Sends("slack/interactions", Payload(Submission("ask", FormText, Asked(target, duration, why), trigger))))!;

    protected async Task<string> Sends(string path, byte[] body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = Signed(path, body, Clock.GetUtcNow());
        using var response = await Bot.Http.SendAsync(request, Ct);
        response.StatusCode.ShouldBe(expected);
        return await response.Content.ReadAsStringAsync(Ct);
    }
}
