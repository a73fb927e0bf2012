using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatGovernance.Infrastructure.Persistence.Start;

/// <summary>Compares the clocks before anything else starts, every second until that was exact once, and every 30 s from then on.</summary>
internal sealed partial class MeasureDatabaseTime(IDbContextFactory<GovernanceContext> contexts, DatabaseTime time, ILogger<MeasureDatabaseTime> log)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan every = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan untilExact = TimeSpan.FromSeconds(1);

    private bool wasExact;

    private bool wasFarOff;

    public Task StartingAsync(CancellationToken cancellationToken) => Measure(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(wasExact ? every : untilExact, time, stoppingToken);
            await Measure(stoppingToken);
        }
    }

    /// <summary>Keeps the last offset when the database does not answer.</summary>
    internal async Task Measure(CancellationToken ct)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await db.Database.OpenConnectionAsync(ct);
            // The first question takes long for reasons of its own: nothing of it is compiled yet.
            if (time.IsUnknown)
                await db.ReadClock(ct);
            var sent = time.GetTimestamp();
            if (await db.ReadClock(ct) is not { } database)
            {
                time.BeThisMachines();
                wasExact = true;
                return;
            }

            // It read its clock somewhere between question and answer; where these lie far apart, that says too little. Before
            // any that is exact, one is taken that is wrong by as much as is tolerated.
            var took = time.GetElapsedTime(sent);
            var isExact = took <= DatabaseTime.Tolerance / 2;
            if (!isExact && (wasExact || took > DatabaseTime.Tolerance * 2))
            {
                NotMeasured("slow");
                return;
            }

            wasExact = isExact;
            time.Set(database + (took / 2));
            var farOff = time.IsFarOff;
            if (farOff && !wasFarOff)
                WorkersStop(time.Offset.TotalSeconds);
            else if (wasFarOff && !farOff)
                WorkersGoOn();
            wasFarOff = farOff;
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or InvalidOperationException or IOException)
        {
            // However the driver names it: a clock that was not read must not end the bot.
            NotMeasured(exception.GetType().Name);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The database's clock is {Seconds:F1} s ahead of this machine's: the workers of this replica have stopped until the clocks agree to 2 s.")]
    private partial void WorkersStop(double seconds);

    [LoggerMessage(2, LogLevel.Warning, "This machine's clock agrees with the database's again: the workers go on.")]
    private partial void WorkersGoOn();

    [LoggerMessage(3, LogLevel.Warning, "The database did not answer in time what time it is ({Code}); the last difference is kept, and without one the workers wait.")]
    private partial void NotMeasured(string code);
}
