using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Infrastructure.Observability;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Teams.Connector;

/// <summary>
/// Makes a call of the Bot Connector at its pace and within its time, and says what came of it; it throws only when it is cancelled.
/// Tokens go to addresses alone that an authenticated activity named.
/// </summary>
internal sealed partial class ConnectorCaller(IHttpClientFactory clients, BotToken tokens, IOptions<TeamsOptions> options, TeamsMetrics metrics, TimeProvider time, ILogger<ConnectorCaller> log)
{
    public const string HttpClientName = "teams";

    /// <summary>How long one call may take, body included.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Waited where the platform says that it is too much, or that it is not well, and not for how long.</summary>
    private static readonly TimeSpan usualWait = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan longestWait = TimeSpan.FromMinutes(5);

    // https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit#per-bot-per-thread-limit: 7 in a second, 8 in two, 60 in 30; this stays below each
    private readonly SendingPace pace = new(perSecond: 1, burst: 5, time);

    /// <param name="call">What is called, for metrics and traces.</param>
    /// <param name="conversation">What the rate is counted by; null: by nothing.</param>
    public async Task<ApiResult<T>> Send<T>(string call, HttpMethod method, Uri address, string? conversation, byte[]? body, JsonTypeInfo<T> answer, CancellationToken ct)
        where T : class
    {
        if (!ServiceUrls.IsSafe(address))
            throw new InvalidOperationException("An address that no token is sent to.");
        if (conversation is not null && pace.Take(conversation, posts: true) is { } wait)
            return new ApiResult<T>.TooMany(wait);

        using var step = Traces.Step($"teams {call}", ActivityKind.Client);
        var startedAt = time.GetTimestamp();
        var result = "cancelled";
        try
        {
            var came = await WithToken(call, method, address, conversation, body, answer, ct);
            result = came.Word;
            return came;
        }
        finally
        {
            step?.SetTag("chatgovernance.result", result);
            metrics.CountCall(call, result, time.GetElapsedTime(startedAt));
        }
    }

    /// <summary>On 401 it takes one new token and tries once more.</summary>
    private async Task<ApiResult<T>> WithToken<T>(string call, HttpMethod method, Uri address, string? conversation, byte[]? body, JsonTypeInfo<T> answer, CancellationToken ct)
        where T : class
    {
        for (var tries = 1; ; tries++)
        {
            string? token = null;
            if (!options.Value.Anonymous && (token = await tokens.Get(ct)) is null)
            {
                Failed(call, "no-token");
                return new ApiResult<T>.NotSent();
            }

            var came = await Make(call, method, address, conversation, body, token, answer, ct);
            if (came is not ApiResult<T>.Refused { Code: ConnectorErrors.Unauthorized } || token is null || tries == 2)
                return came;
            tokens.Discard(token);
        }
    }

    private async Task<ApiResult<T>> Make<T>(string call, HttpMethod method, Uri address, string? conversation, byte[]? body, string? token, JsonTypeInfo<T> answer, CancellationToken ct)
        where T : class
    {
        using var late = new CancellationTokenSource(CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        using var request = new HttpRequestMessage(method, address);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };
        try
        {
            using var client = clients.CreateClient(HttpClientName);
            using var response = await client.SendAsync(request, either.Token);
            return Read(call, method, conversation, response, await response.Content.ReadAsByteArrayAsync(either.Token), answer);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            Failed(call, "time-out");
            return new ApiResult<T>.NoAnswer();
        }
        catch (HttpRequestException e)
        {
            Failed(call, e.HttpRequestError.ToString());
            return e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
                ? new ApiResult<T>.NotSent()
                : new ApiResult<T>.NoAnswer();
        }
        catch (IOException)
        {
            Failed(call, "broken off");
            return new ApiResult<T>.NoAnswer();
        }
    }

    private ApiResult<T> Read<T>(string call, HttpMethod method, string? conversation, HttpResponseMessage response, byte[] body, JsonTypeInfo<T> answer)
        where T : class
    {
        var status = (int)response.StatusCode;
        switch (response.StatusCode)
        {
            // https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages#throttling: these are to be tried again
            case HttpStatusCode.PreconditionFailed or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout:
                var wait = WaitOf(response);
                if (conversation is not null)
                    pace.Hold(conversation, wait);
                Failed(call, $"{status}");
                // A gateway that was told nothing does not know what was done behind it: what was posted may be there.
                return method == HttpMethod.Post && response.StatusCode is (HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout)
                    ? new ApiResult<T>.NoAnswer()
                    : new ApiResult<T>.TooMany(wait);
            case >= HttpStatusCode.InternalServerError:
                Failed(call, $"{status}");
                return new ApiResult<T>.NoAnswer();
            case >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices:
                // Updates and deletions are answered with nothing.
                return TeamsJson.Read(body.Length == 0 ? "{}"u8 : body, answer) is { } read ? new ApiResult<T>.Done(read) : Garbage<T>(call);
            case HttpStatusCode.Unauthorized:
                Failed(call, $"{status}");
                return new ApiResult<T>.Refused(ConnectorErrors.Unauthorized);
            default:
                var code = ConnectorErrors.Code(status, TeamsJson.Read(body, TeamsJson.Default.ConnectorError)?.Error?.Code);
                Failed(call, code);
                return new ApiResult<T>.Refused(code);
        }
    }

    private ApiResult<T>.Garbage Garbage<T>(string call)
    {
        Failed(call, "garbage");
        return new ApiResult<T>.Garbage();
    }

    /// <summary>As long as the platform asks, or a while; and up to half as long again, so that those who wait do not come back together.</summary>
    private TimeSpan WaitOf(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => usualWait,
        };
        var wait = asked < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : asked > longestWait ? longestWait : asked;
        return wait * (1 + (RandomNumberGenerator.GetInt32(500) / 1000.0));
    }

    private void Failed(string call, string why)
    {
        metrics.CountFailedCall(call, why);
        LogFailed(call, why);
    }

    [LoggerMessage(1, LogLevel.Warning, "Teams' {Call} was not done: {Why}.")]
    private partial void LogFailed(string call, string why);
}
