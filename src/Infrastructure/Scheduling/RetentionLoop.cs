using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatGovernance.Infrastructure.Scheduling;

/// <summary>Deletes, now and then, what was kept long enough: what calls were answered, and what webhooks were never told.</summary>
internal sealed partial class RetentionLoop(IReplies replies, IWebhooks webhooks, TimeProvider time, ILogger<RetentionLoop> logger) : BackgroundService
{
    private static readonly TimeSpan every = TimeSpan.FromMinutes(10);

    /// <summary>Once.</summary>
    public async Task Forget(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await replies.Forget(now - Reply.Kept, ct);
        await webhooks.Forget(now - WebhookPolicy.DeadKept, ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await Forget(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The loop's edge: what is left is forgotten the next time.
                NotForgotten(logger, exception);
            }
            catch (OperationCanceledException)
            {
                // The process ends.
            }
        }
    }

    [LoggerMessage(19, LogLevel.Warning, "What was kept long enough could not be deleted; it is tried again.")]
    private static partial void NotForgotten(ILogger logger, Exception exception);
}
