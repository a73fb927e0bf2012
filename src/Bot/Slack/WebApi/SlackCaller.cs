using System.Diagnostics;
using System.Net;
using System.Text.Json;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Infrastructure.Observability;
using RestEase;

namespace ChatGovernance.Bot.Slack.WebApi;

/// <summary>Makes a call at its pace and within its time, and says what came of it; it throws only when it is cancelled.</summary>
internal sealed partial class SlackCaller(ISlackApi api, SlackPace pace, SlackMetrics metrics, TimeProvider time, ILogger<SlackCaller> log)
{
    /// <summary>How long one call may take, body included.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Waited where Slack says that it is too much, and not for how long.</summary>
    private static readonly TimeSpan usualWait = TimeSpan.FromSeconds(30);

    /// <param name="channel">What the method's rate is counted by, besides the method itself.</param>
    public async Task<ApiResult<T>> Call<T>(string method, string? channel, Func<ISlackApi, CancellationToken, Task<Response<T>>> call, CancellationToken ct)
        where T : ApiAnswer
    {
        if (pace.Take(method, channel) is { } wait)
            return new ApiResult<T>.TooMany(wait);

        using var step = Traces.Step($"slack {method}", ActivityKind.Client);
        var startedAt = time.GetTimestamp();
        var result = "cancelled";
        try
        {
            var came = await Make(method, channel, call, ct);
            result = came.Word;
            return came;
        }
        finally
        {
            step?.SetTag("chatgovernance.result", result);
            metrics.CountCall(method, result, time.GetElapsedTime(startedAt));
        }
    }

    private async Task<ApiResult<T>> Make<T>(string method, string? channel, Func<ISlackApi, CancellationToken, Task<Response<T>>> call, CancellationToken ct)
        where T : ApiAnswer
    {
        using var late = new CancellationTokenSource(CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            var response = await call(api, either.Token);
            using (response.ResponseMessage)
                return Read(method, channel, response);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            Failed(method, "time-out");
            return new ApiResult<T>.NoAnswer();
        }
        catch (HttpRequestException e)
        {
            Failed(method, e.HttpRequestError.ToString());
            return e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
                ? new ApiResult<T>.NotSent()
                : new ApiResult<T>.NoAnswer();
        }
        catch (IOException)
        {
            Failed(method, "broken off");
            return new ApiResult<T>.NoAnswer();
        }
        catch (JsonException)
        {
            Failed(method, "garbage");
            return new ApiResult<T>.Garbage();
        }
    }

    private ApiResult<T> Read<T>(string method, string? channel, Response<T> response)
        where T : ApiAnswer
    {
        var http = response.ResponseMessage;
        if (http.StatusCode == HttpStatusCode.TooManyRequests)
            return TooMany<T>(method, channel, http);
        if ((int)http.StatusCode >= 500)
        {
            Failed(method, http.StatusCode.ToString());
            return new ApiResult<T>.NoAnswer();
        }

        switch (response.GetContent())
        {
            case { Ok: true } answer:
                return new ApiResult<T>.Done(answer);
            // https://docs.slack.dev/apis/web-api/rate-limits; some methods say it with a status of 200
            case { Ok: false, Error: "ratelimited" or "rate_limited" }:
                return TooMany<T>(method, channel, http);
            case { Ok: false, Error: { Length: > 0 } code }:
                Refused(method, code);
                return new ApiResult<T>.Refused(code);
            default:
                Failed(method, "garbage");
                return new ApiResult<T>.Garbage();
        }
    }

    private ApiResult<T>.TooMany TooMany<T>(string method, string? channel, HttpResponseMessage http)
        where T : ApiAnswer
    {
        var wait = http.Headers.RetryAfter?.Delta ?? usualWait;
        pace.Hold(method, channel, wait);
        Held(method, wait);
        return new ApiResult<T>.TooMany(wait);
    }

    private void Failed(string method, string why)
    {
        metrics.CountFailedCall(method, why);
        LogFailed(method, why);
    }

    private void Refused(string method, string code)
    {
        metrics.CountFailedCall(method, code);
        LogRefused(method, code);
    }

    private void Held(string method, TimeSpan wait)
    {
        metrics.CountFailedCall(method, "ratelimited");
        LogHeld(method, wait);
    }

    [LoggerMessage(1, LogLevel.Warning, "Slack's {Method} brought no answer: {Why}.")]
    private partial void LogFailed(string method, string why);

    [LoggerMessage(2, LogLevel.Warning, "Slack refused {Method}: {Code}.")]
    private partial void LogRefused(string method, string code);

    [LoggerMessage(3, LogLevel.Information, "Slack asks to wait {Wait} before the next {Method}.")]
    private partial void LogHeld(string method, TimeSpan wait);
}
