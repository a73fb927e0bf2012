using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatGovernance.Infrastructure.Persistence.Start;

/// <summary>Compares the clocks before anything else starts, and every 30 s from then on.</summary>
internal sealed partial class MeasureDatabaseTime(IDbContextFactory<GovernanceContext> contexts, DatabaseTime time, ILogger<MeasureDatabaseTime> log)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan every = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan worthAWord = TimeSpan.FromSeconds(1);

    public Task StartingAsync(CancellationToken cancellationToken) => Measure(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Measure(stoppingToken);
    }

    /// <summary>Keeps the last offset when the database does not answer.</summary>
    internal async Task Measure(CancellationToken ct)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var sent = time.GetTimestamp();
            if (await db.ReadClock(ct) is not { } database)
                return;

            // It read its clock somewhere between question and answer.
            var offset = database + (time.GetElapsedTime(sent) / 2) - (time.GetUtcNow() - time.Offset);
            if ((offset - time.Offset).Duration() > worthAWord)
                ClockDiffers(offset.TotalMilliseconds);
            time.Offset = offset;
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or InvalidOperationException or IOException)
        {
            // However the driver names it: a clock that was not read must not end the bot.
            NotMeasured(exception.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database's clock is {Milliseconds:F0} ms ahead of this machine's; leases and due times go by the database's.")]
    private partial void ClockDiffers(double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database did not answer what time it is ({Code}); the last difference is kept.")]
    private partial void NotMeasured(string code);
}
