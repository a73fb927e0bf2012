using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Infrastructure.Observability;
using Microsoft.Extensions.Logging;

namespace ChatGovernance.Infrastructure.Webhooks;

/// <summary>Sends events to the receivers, signed by the time of this try.</summary>
internal sealed partial class WebhookTargets : IWebhookTargets
{
    public const string HttpClientName = "webhooks";

    /// <summary>For the whole try, whatever the receiver does.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private const string NoAnswer = "no-answer";

    private readonly Dictionary<string, (WebhookTarget Target, TargetRest Resting)> targets;
    private readonly ConcurrentDictionary<string, string> troubled = [];
    private readonly IHttpClientFactory clients;
    private readonly WebhookMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger<WebhookTargets> logger;

    public WebhookTargets(IReadOnlyList<WebhookTarget> targets, IHttpClientFactory clients, WebhookMetrics metrics, TimeProvider time, ILogger<WebhookTargets> logger)
    {
        (this.clients, this.metrics, this.time, this.logger) = (clients, metrics, time, logger);
        this.targets = targets.ToDictionary(target => target.Name, target => (target, new TargetRest(time)));
    }

    public IReadOnlyCollection<string> Names => targets.Keys;

    public async Task<Posted> Post(WebhookEvent sent, CancellationToken ct)
    {
        if (!targets.TryGetValue(sent.Target, out var known))
            return new Posted.Unknown();
        var (target, rest) = known;
        if (rest.Until is { } until)
            return new Posted.Resting(until);

        using var step = Traces.Step("webhook post", ActivityKind.Client);
        var answer = await Try(target, sent, ct);
        metrics.Count(target.Name, answer.Code);
        step?.SetTag("http.response.status_code", answer.Code);
        Remember(rest, answer);
        Tell(target.Name, answer);
        return answer.Posted;
    }

    private static void Remember(TargetRest rest, Answer answer)
    {
        if (answer.Code == NoAnswer)
        {
            rest.DidNotAnswer();
            return;
        }

        rest.Answered();
        // With these it speaks of itself; with any other status, of the one event.
        if (answer is { Status: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, Posted: Posted.NotTaken { Wait: { } wait } })
            rest.Asked(wait);
    }

    /// <summary>Once, until it takes something again.</summary>
    private void Tell(string target, Answer answer)
    {
        if (answer.Posted is Posted.Taken)
        {
            if (troubled.TryRemove(target, out _))
                TakesAgain(logger, target);
        }
        else if (troubled.TryAdd(target, answer.Code))
        {
            NotTaken(logger, target, answer.Code);
        }
    }

    private async Task<Answer> Try(WebhookTarget target, WebhookEvent sent, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        using var request = Request(target, sent);
        try
        {
            // What the answer says beside its status is nobody's business: its body is not read.
            using var response = await clients.CreateClient(HttpClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var code = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            return new Answer(code, response.StatusCode, response switch
            {
                { IsSuccessStatusCode: true } => new Posted.Taken(),
                { StatusCode: HttpStatusCode.Gone } => new Posted.Gone(code),
                _ => new Posted.NotTaken(code, RetryAfter(response)),
            });
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new Answer(NoAnswer, null, new Posted.NotTaken(NoAnswer));
        }
    }

    private HttpRequestMessage Request(WebhookTarget target, WebhookEvent sent)
    {
        var body = Encoding.UTF8.GetBytes(sent.Body);
        var seconds = time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json", "utf-8");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("ChatGovernance", "1.0"));
        request.Headers.Add(WebhookSignature.IdHeader, sent.EventId);
        request.Headers.Add(WebhookSignature.TimestampHeader, seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(target.Secrets, sent.EventId, seconds, body));
        return request;
    }

    /// <summary>Null: none that could be read.</summary>
    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return asked > TimeSpan.Zero ? asked < WebhookPolicy.LongestAskedWait ? asked : WebhookPolicy.LongestAskedWait : null;
    }

    [LoggerMessage(1, LogLevel.Warning, "The webhook {Target} did not take an event ({Code}). It is tried again for three days, unless the receiver is gone (410).")]
    private static partial void NotTaken(ILogger logger, string target, string code);

    [LoggerMessage(2, LogLevel.Information, "The webhook {Target} takes events again.")]
    private static partial void TakesAgain(ILogger logger, string target);

    private sealed record Answer(string Code, HttpStatusCode? Status, Posted Posted);
}
