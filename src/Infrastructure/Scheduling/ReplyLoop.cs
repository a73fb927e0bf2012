using ChatGovernance.Core.Work;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatGovernance.Infrastructure.Scheduling;

/// <summary>Forgets, now and then, what calls were answered long ago.</summary>
internal sealed partial class ReplyLoop(IReplies replies, TimeProvider time, ILogger<ReplyLoop> logger) : BackgroundService
{
    private static readonly TimeSpan every = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await replies.Forget(time.GetUtcNow() - Reply.Kept, stoppingToken);
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

    [LoggerMessage(19, LogLevel.Warning, "Old answers of the API could not be deleted; it is tried again.")]
    private static partial void NotForgotten(ILogger logger, Exception exception);
}
