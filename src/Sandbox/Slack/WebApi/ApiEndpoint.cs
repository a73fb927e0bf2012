using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.WebApi;

/// <summary><c>/api/{method}</c>: faults, token, rate, arguments, then the method itself; every call is recorded.</summary>
internal sealed class ApiEndpoint(WorkspaceState state, SlackFaults faults)
{
    private readonly RateLimits _rates = new(state.Time);

    public async Task Handle(HttpContext context, string name)
    {
        CancellationToken ct = context.RequestAborted;
        ApiMethod? method = ApiMethods.All.GetValueOrDefault(name);
        (JsonObject sent, string? malformed) = await ApiRequest.Read(context.Request, method?.TakesJson ?? true, ct);
        var arguments = new ApiArguments(sent);
        SlackFault? fault = faults.Meet(name, arguments.Text("channel"));
        if (fault is not null && await Before(fault, context, name, arguments, ct)) return;

        if (state.Options.EnforceRateLimits && method is not null && _rates.Take(method, arguments.Text("channel")) is { } wait)
        {
            await TooMany(context, name, arguments, wait, ct);
            return;
        }
        string? token = ApiRequest.Token(context.Request, sent);
        ApiAnswer answer = state.Change(s =>
        {
            ApiAnswer result = Answer(s, method, arguments, token, malformed);
            Record(s, name, arguments, result.Error, result.Body);
            return result;
        });
        if (fault is not null)
        {
            fault.Reach();
            if (fault.Kind == FaultKind.HeldAfter) await fault.Released.WaitAsync(ct);
            if (fault.Kind == FaultKind.LostAnswer)
            {
                context.Abort();
                return;
            }
        }
        if (token == state.Options.BotToken) context.Response.Headers["x-oauth-scopes"] = string.Join(',', state.Options.Scopes);
        await context.Response.WriteAsJsonAsync(answer.Body, ct);
    }

    private static ApiAnswer Answer(WorkspaceState state, ApiMethod? method, ApiArguments arguments, string? token, string? malformed)
    {
        if (method is null) return ApiAnswer.Refused("unknown_method");
        if (string.IsNullOrEmpty(token)) return ApiAnswer.Refused("not_authed");
        if (token != state.Options.BotToken && token != state.Options.AppToken) return ApiAnswer.Refused("invalid_auth");
        if (token != (method.IsOfApp ? state.Options.AppToken : state.Options.BotToken)) return ApiAnswer.Refused("not_allowed_token_type");
        if (malformed is not null) return ApiAnswer.Refused(malformed);
        return method.Required.FirstOrDefault(r => arguments.Text(r) is null) is { } missing
            ? ApiAnswer.Missing(missing)
            : method.Handle(state, arguments);
    }

    /// <summary>What a fault does before the call takes effect.</summary>
    /// <returns>Whether the call ends with it.</returns>
    private async Task<bool> Before(SlackFault fault, HttpContext context, string name, ApiArguments arguments, CancellationToken ct)
    {
        switch (fault.Kind)
        {
            case FaultKind.RateLimited:
                await TooMany(context, name, arguments, (int)Math.Ceiling(fault.Span.TotalSeconds), ct);
                break;
            case FaultKind.ServerError:
                context.Response.StatusCode = fault.Status;
                state.Change(s => Record(s, name, arguments, $"fault:{fault.Status}", null));
                await context.Response.WriteAsync("Server Error", ct);
                break;
            case FaultKind.Refused:
                ApiAnswer answer = ApiAnswer.Refused(fault.Error);
                state.Change(s => Record(s, name, arguments, answer.Error, answer.Body));
                await context.Response.WriteAsJsonAsync(answer.Body, ct);
                break;
            case FaultKind.Dropped:
                state.Change(s => Record(s, name, arguments, "fault:dropped", null));
                context.Abort();
                break;
            case FaultKind.Delayed:
                fault.Reach();
                await Task.Delay(fault.Span, state.Time, ct);
                return false;
            case FaultKind.HeldBefore:
                fault.Reach();
                await fault.Released.WaitAsync(ct);
                return false;
            default:
                return false;
        }
        fault.Reach();
        return true;
    }

    private async Task TooMany(HttpContext context, string name, ApiArguments arguments, int seconds, CancellationToken ct)
    {
        ApiAnswer answer = ApiAnswer.Refused("ratelimited");
        state.Change(s => Record(s, name, arguments, answer.Error, answer.Body));
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await context.Response.WriteAsJsonAsync(answer.Body, ct);
    }

    private static void Record(WorkspaceState state, string name, ApiArguments arguments, string? error, JsonObject? answer) =>
        state.Calls.Add(new SlackCall(
            state.Calls.Count + 1, name, arguments.Recorded(), state.Time.GetUtcNow(), error,
            answer is null ? null : JsonSerializer.SerializeToElement(answer)));
}
