using System.Diagnostics;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Observability;
using ChatGovernance.Infrastructure.Persistence;
using ChatGovernance.Infrastructure.Persistence.Claims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatGovernance.Infrastructure.Work;

/// <summary>
/// Claims rows of one kind and works on them, several at once. A signal makes it immediate, a look at the database makes
/// it certain; what was lost with a process comes back when its lease runs out.
/// </summary>
internal sealed partial class WorkLoop(
    WorkDefinition work, IClaims claims, Signals signals, IServiceScopeFactory scopes, WorkMetrics metrics, DatabaseTime time, TimeSpan leaseLength, ILogger<WorkLoop> logger) : BackgroundService
{
    /// <summary>Other replicas make work too, and their signals do not reach this process.</summary>
    private static readonly TimeSpan look = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim slots = new(work.AtOnce);

    /// <inheritdoc/>
    public override void Dispose()
    {
        slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = look;
            try
            {
                // Whoever is so wrong about the time would end things early or late: it leaves them to others.
                if (!time.IsFarOff && await ClaimSome(stoppingToken))
                    continue;
                if (!time.IsFarOff)
                    wait = await UntilNext(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                // The loop's edge: the database is away, or worse. It is asked again, for ever.
                LoopFailed(logger, work.Kind, exception);
            }

            await signals.Wait(work.Kind, wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await DrainAsync();
    }

    /// <returns>Whether anything was claimed.</returns>
    private async Task<bool> ClaimSome(CancellationToken ct)
    {
        await slots.WaitAsync(ct);
        var free = 1;
        while (slots.Wait(0, CancellationToken.None))
            free++;

        IReadOnlyList<Claimed> rows = [];
        var asked = time.GetTimestamp();
        try
        {
            rows = await claims.Claim(work.Kind, free, leaseLength, ct);
        }
        finally
        {
            if (free > rows.Count)
                slots.Release(free - rows.Count);
        }

        foreach (var row in rows)
            _ = Task.Run(() => RunAndFree(row, asked), CancellationToken.None);
        return rows.Count > 0;
    }

    private async Task RunAndFree(Claimed row, long askedAt)
    {
        try
        {
            await RunOne(row, askedAt);
        }
        finally
        {
            slots.Release();
            signals.Wake(work.Kind);
        }
    }

    /// <param name="askedAt">Before it was claimed: the lease may run from there.</param>
    private async Task RunOne(Claimed row, long askedAt)
    {
        var lease = row.Lease;
        using var trace = Traces.Continue($"work {lease.Kind}", row.Trace);
        trace?.SetTag("chatgovernance.row", lease.Id);
        // Work that has begun is finished at a stop, while the host waits; only a lost lease breaks it off, also where nobody
        // could be asked whether it is lost.
        var left = leaseLength - time.GetElapsedTime(askedAt);
        using var lost = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var beat = time.CreateTimer(_ => _ = Renew(lease, lost), null, leaseLength / 3, leaseLength / 3);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await work.Run(scope.ServiceProvider, lease, lost.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            LeaseLost(logger, lease.Kind, lease.Id);
        }
        catch (Exception exception)
        {
            // The row's edge: one bad row never fails its neighbours.
            trace?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            await Failed(lease, exception);
        }
    }

    private async Task Renew(Lease lease, CancellationTokenSource lost)
    {
        try
        {
            var asked = time.GetTimestamp();
            if (!await claims.Renew(lease, leaseLength, CancellationToken.None))
                await lost.CancelAsync();
            else if (leaseLength - time.GetElapsedTime(asked) is var left && left > TimeSpan.Zero)
                lost.CancelAfter(left);
        }
        catch (ObjectDisposedException)
        {
            // The work was done meanwhile.
        }
        catch (Exception exception)
        {
            RenewFailed(logger, lease.Kind, lease.Id, exception);
        }
    }

    private async Task Failed(Lease lease, Exception exception)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var failed = await scope.ServiceProvider.GetRequiredService<GiveBack>().Run(lease, exception.GetType().Name, CancellationToken.None);
            metrics.CountFailure(lease.Kind, failed);
            WorkFailed(logger, lease.Kind, lease.Id, failed, exception);
        }
        catch (Exception second)
        {
            // The database is away: the lease runs out by itself.
            WorkFailed(logger, lease.Kind, lease.Id, Persistence.Claims.Failed.LeaseLost, new AggregateException(exception, second));
        }
    }

    private async Task<TimeSpan> UntilNext(CancellationToken ct)
    {
        var due = await claims.NextDue(work.Kind, ct);
        if (due is null || due - time.GetUtcNow() >= look)
            return look;
        var wait = due.Value - time.GetUtcNow();
        return wait > shortest ? wait : shortest;
    }

    private async Task DrainAsync()
    {
        for (var i = 0; i < work.AtOnce; i++)
            await slots.WaitAsync(CancellationToken.None);
    }

    /// <summary>Something due that cannot be claimed yet (its turn comes after another's) must not spin the loop.</summary>
    private static readonly TimeSpan shortest = TimeSpan.FromMilliseconds(50);

    [LoggerMessage(1, LogLevel.Error, "The {Kind} loop could not look for work; it looks again.")]
    private static partial void LoopFailed(ILogger logger, WorkKind kind, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "{Kind} {Id}: the lease was lost, another worker has it.")]
    private static partial void LeaseLost(ILogger logger, WorkKind kind, string id);

    [LoggerMessage(3, LogLevel.Error, "{Kind} {Id} failed: {Outcome}.")]
    private static partial void WorkFailed(ILogger logger, WorkKind kind, string id, Failed outcome, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "{Kind} {Id}: the lease could not be renewed.")]
    private static partial void RenewFailed(ILogger logger, WorkKind kind, string id, Exception exception);
}
