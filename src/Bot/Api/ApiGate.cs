using ChatGovernance.Core.People;

namespace ChatGovernance.Bot.Api;

/// <summary>What every call goes through: who calls, whether too often; and what it took.</summary>
internal sealed partial class ApiGate(ApiCallers callers, ApiMetrics metrics, TimeProvider time, ILogger<ApiGate> log)
{
    /// <summary>Waits for nothing that is not ours longer than this.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    public async Task<Answer> Run(HttpContext http, Func<Caller, CancellationToken, Task<Answer>> call)
    {
        var receivedAt = time.GetTimestamp();
        var answer = await Handle(http, call);
        var operation = http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "unknown";
        metrics.Count(operation, answer.Status, time.GetElapsedTime(receivedAt));
        return answer;
    }

    private async Task<Answer> Handle(HttpContext http, Func<Caller, CancellationToken, Task<Answer>> call)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, limit.Token);
        try
        {
            var (caller, refused) = await callers.Read(http.Request, either.Token);
            return caller is null ? refused! : await call(caller, either.Token);
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? Problems.TooLarge(Call.BodyLimit)
                : Problems.Invalid(new Models.ProblemField("", "The body could not be read."));
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            // Whatever the trouble is called: a commit may have gone through without its answer. A repeat under the same key is told.
            LogNotDone(e);
            return Problems.NotStored();
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A call of the API could not be handled.")]
    private partial void LogNotDone(Exception e);
}
