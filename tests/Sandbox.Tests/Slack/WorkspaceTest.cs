using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Page;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Sandbox.Tests.Slack;

/// <summary>A workspace with a manual clock, and a client that calls its Web API as an app does.</summary>
public abstract class WorkspaceTest : IAsyncLifetime
{
    private HttpClient _http = null!;

    protected ManualClock Clock { get; } = new();

    protected SlackWorkspace Workspace { get; private set; } = null!;

    protected SlackPerson Alice => Workspace.Person("alice");

    protected SlackPerson Bob => Workspace.Person("bob");

    protected string General => Workspace.Channel("general").Id;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected virtual SlackWorkspaceOptions Options => new() { Time = Clock };

    public virtual async ValueTask InitializeAsync()
    {
        Workspace = await SlackWorkspace.StartAsync(Options, host => host.App.MapPage(host.Workspace), Ct);
        _http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = Workspace.ApiUrl };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Workspace.BotToken);
    }

    public virtual async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Workspace.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Calls a method with JSON.</summary>
    protected async Task<JsonObject> Api(string method, JsonObject arguments)
    {
        using HttpResponseMessage response = await Send(method, arguments);
        return (await response.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
    }

    /// <summary>Calls a method with a form.</summary>
    protected async Task<JsonObject> Form(string method, params (string Name, string Value)[] arguments)
    {
        using var content = new FormUrlEncodedContent(arguments.Select(a => KeyValuePair.Create(a.Name, a.Value)));
        using HttpResponseMessage response = await _http.PostAsync(method, content, Ct);
        return (await response.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
    }

    protected Task<HttpResponseMessage> Send(string method, JsonObject arguments) => _http.PostAsJsonAsync(method, arguments, Ct);

    protected Task<HttpResponseMessage> Send(HttpRequestMessage request) => _http.SendAsync(request, Ct);

    /// <summary>Posts a text to a channel and gives its <c>ts</c> back.</summary>
    protected async Task<string> Post(string channel, string text, string? thread = null)
    {
        JsonObject answer = await Api("chat.postMessage", new JsonObject { ["channel"] = channel, ["text"] = text, ["thread_ts"] = thread });
        answer.Error().ShouldBeNull();
        return answer["ts"]!.GetValue<string>();
    }
}
