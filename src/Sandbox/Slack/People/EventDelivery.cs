using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.People;

/// <summary>
/// Sends events to the app: again at once, after a minute and after five when it did not answer 2xx within 3 seconds, with
/// the number and the reason of the retry (https://docs.slack.dev/apis/events-api#retries).
/// </summary>
internal sealed class EventDelivery(WorkspaceState state, BotClient bot) : IAsyncDisposable
{
    private const string Path = "slack/events";
    private static readonly TimeSpan[] Waits = [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private readonly List<Task> _retries = [];

    public async Task<bool> VerifyUrl(CancellationToken ct)
    {
        if (bot.Url is null) return false; // with Socket Mode there is no URL to check
        string challenge = Payloads.Random();
        var body = new JsonObject { ["token"] = "deprecated", ["challenge"] = challenge, ["type"] = "url_verification" };
        return await bot.SendEvent(Path, body, 0, null, ct) is BotAnswer.Answered { Status: 200 } answer && Gives(answer.Body, challenge);
    }

    /// <summary>Delivers once and answers what came of it; retries go on behind.</summary>
    public async Task<BotAnswer> Send(JsonObject inner, CancellationToken ct)
    {
        JsonObject body = Payloads.Event(state, inner);
        BotAnswer first = await bot.SendEvent(Path, body, 0, null, ct);
        if (!Taken(first))
            lock (_gate)
                _retries.Add(Retry(body, first));
        return first;
    }

    /// <summary>Ends when no retry is under way any more.</summary>
    public Task Settled()
    {
        lock (_gate) return Task.WhenAll(_retries);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Settled();
        _ending.Dispose();
    }

    private async Task Retry(JsonObject body, BotAnswer last)
    {
        try
        {
            for (int number = 1; number <= Waits.Length && !Taken(last); number++)
            {
                await Task.Delay(Waits[number - 1], state.Time, _ending.Token);
                string reason = last switch { BotAnswer.TimedOut => "http_timeout", BotAnswer.Unreachable => "connection_failed", _ => "http_error" };
                last = await bot.SendEvent(Path, body, number, reason, _ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The workspace ends; so do its retries.
        }
    }

    private static bool Taken(BotAnswer answer) => answer is BotAnswer.Answered { Status: >= 200 and < 300 };

    private static bool Gives(string body, string challenge)
    {
        if (body.Trim() == challenge) return true;
        try
        {
            return JsonNode.Parse(body)?["challenge"]?.GetValue<string>() == challenge;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
