using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.Sockets;
using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.People;

/// <summary>Reaches the app as Slack does: by signed posts where it has a URL, else over Socket Mode; given up after 3 seconds of the workspace's clock.</summary>
internal sealed class BotClient(WorkspaceState state, SlackSockets sockets) : IDisposable
{
    // https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The app's base URL.</summary>
    public Uri? Url { get; set; }

    public Task<BotAnswer> SendCommand(string path, IEnumerable<KeyValuePair<string, string>> form, CancellationToken ct) => Url is null
        ? sockets.Deliver("slash_commands", new JsonObject(form.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))), takesAnswer: true, 0, null, ct)
        : PostForm(path, form, ct);

    public Task<BotAnswer> SendPayload(string path, JsonObject payload, CancellationToken ct) => Url is null
        ? sockets.Deliver("interactive", payload, takesAnswer: payload["type"]?.GetValue<string>() is "view_submission" or "block_suggestion", 0, null, ct)
        : PostForm(path, [new("payload", payload.ToJsonString())], ct);

    /// <param name="retry">0: the first time.</param>
    /// <param name="reason">Why it comes again.</param>
    public Task<BotAnswer> SendEvent(string path, JsonObject body, int retry, string? reason, CancellationToken ct) => Url is null
        ? sockets.Deliver("events_api", body, takesAnswer: false, retry, reason, ct)
        : Post(path, body.ToJsonString(), "application/json", retry == 0 ? [] : [("X-Slack-Retry-Num", retry.ToString(CultureInfo.InvariantCulture)), ("X-Slack-Retry-Reason", reason!)], ct);

    public void Dispose() => _http.Dispose();

    private Task<BotAnswer> PostForm(string path, IEnumerable<KeyValuePair<string, string>> form, CancellationToken ct) =>
        Post(path, string.Join('&', form.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}")), "application/x-www-form-urlencoded", [], ct);

    private async Task<BotAnswer> Post(
        string path, string body, string contentType, IEnumerable<(string Name, string Value)> headers, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Url!, path));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        Sign(request, body);
        foreach ((string name, string value) in headers) request.Headers.Add(name, value);
        using var tooLate = new CancellationTokenSource(Patience, state.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLate.Token, ct);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, either.Token);
            return new BotAnswer.Answered((int)response.StatusCode, await response.Content.ReadAsStringAsync(either.Token));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new BotAnswer.TimedOut();
        }
        catch (HttpRequestException)
        {
            return new BotAnswer.Unreachable();
        }
    }

    // https://docs.slack.dev/authentication/verifying-requests-from-slack
    private void Sign(HttpRequestMessage request, string body)
    {
        string timestamp = state.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(state.Options.SigningSecret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}"));
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(hash));
        request.Headers.UserAgent.ParseAdd("Slackbot/1.0 (+https://api.slack.com/robots)");
    }
}

/// <summary>What came of a post to the app.</summary>
internal abstract record BotAnswer
{
    private protected BotAnswer() { }

    public sealed record Answered(int Status, string Body) : BotAnswer;

    public sealed record TimedOut : BotAnswer;

    public sealed record Unreachable : BotAnswer;

    public bool IsOk => this is Answered { Status: 200 };
}
