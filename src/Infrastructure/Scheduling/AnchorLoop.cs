using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Audit;
using ChatGovernance.Infrastructure.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Scheduling;

/// <summary>Has the audit's head told outside every day, and keeps the file of them.</summary>
internal sealed partial class AnchorLoop(IServiceScopeFactory scopes, IHistory history, IDeployment deployment, IOptions<AnchorOptions> options, IOptions<WorkerOptions> work, TimeProvider time, ILogger<AnchorLoop> logger) : BackgroundService
{
    private static readonly TimeSpan every = TimeSpan.FromSeconds(30);

    private readonly AnchorFile? file = options.Value.AnchorFile is { Length: > 0 } path ? new AnchorFile(path, history) : null;

    private DateTimeOffset? writtenUntil;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                if (work.Value.Enabled)
                    await scope.ServiceProvider.GetRequiredService<PostAnchor>().Daily(stoppingToken);
                await Write(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The loop's edge: what was not told is told the next time.
                NotTold(logger, exception);
            }
            catch (OperationCanceledException)
            {
                // The process ends.
            }

            await Task.Delay(every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks into the chain only when something was told since.</summary>
    private async Task Write(CancellationToken ct)
    {
        if (file is null || await deployment.AnchoredAt(ct) is not { } at || at == writtenUntil)
            return;
        await file.CatchUp(ct);
        writtenUntil = at;
    }

    [LoggerMessage(20, LogLevel.Error, "The audit's head could not be told outside, or not be written to Audit:AnchorFile; it is tried again.")]
    private static partial void NotTold(ILogger logger, Exception exception);
}
