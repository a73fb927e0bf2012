using ChatGovernance.Core;
using ChatGovernance.Core.Policies;
using ChatGovernance.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Scheduling;

/// <summary>Keeps the catalog fresh; every replica keeps its own, from the last good one in the database on.</summary>
internal sealed partial class CatalogLoop(
    CurrentCatalog catalog, ICatalogStore store, IServiceScopeFactory scopes, IOptions<CatalogOptions> options, TimeProvider time, ILogger<CatalogLoop> logger) : BackgroundService
{
    private static readonly TimeSpan soon = TimeSpan.FromSeconds(5);

    private Dictionary<string, string> logged = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Recall(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var refreshed = await Refresh(stoppingToken);
            catalog.FirstAttemptEnded();
            var wait = refreshed || options.Value.CatalogRefresh < soon ? options.Value.CatalogRefresh : soon;
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Recall(CancellationToken ct)
    {
        try
        {
            if (await store.Load(ct) is { } stored && CatalogJson.Read(stored.Snapshot) is { } last)
                catalog.Replace(last);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            RecallFailed(logger, exception);
        }
    }

    private void LogUnusable(Catalog read)
    {
        var problems = read.Unusable.ToDictionary(target => target.Target.ToString(), target => string.Join("; ", target.Problems));
        foreach (var (target, problem) in problems)
        {
            if (logged.GetValueOrDefault(target) != problem)
                NotOffered(logger, target, problem);
        }

        logged = problems;
    }

    private async Task<bool> Refresh(CancellationToken ct)
    {
        try
        {
            // Another replica may have read it since, and have told what is new in it.
            if (await store.Load(ct) is { } stored && stored.At > catalog.Current.TakenAt && CatalogJson.Read(stored.Snapshot) is { } newer)
                catalog.Replace(newer);
            await using var scope = scopes.CreateAsyncScope();
            switch (await scope.ServiceProvider.GetRequiredService<RefreshCatalog>().Run(catalog.Current, ct))
            {
                case CatalogRefresh.Read read:
                    catalog.Replace(read.Catalog);
                    await store.Save(CatalogJson.Write(read.Catalog), read.Catalog.TakenAt, ct);
                    Refreshed(logger, read.Catalog.Entries.Count, read.Catalog.Unusable.Count);
                    LogUnusable(read.Catalog);
                    return true;
                case CatalogRefresh.Kept kept:
                    Kept(logger, kept.Why, catalog.Current.Entries.Count);
                    return false;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            // The loop's edge: the last good one stays.
            RefreshFailed(logger, exception);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(11, LogLevel.Debug, "Catalog read: {Offered} offered, {Unusable} marked but not offered.")]
    private static partial void Refreshed(ILogger logger, int offered, int unusable);

    [LoggerMessage(12, LogLevel.Warning, "{Target} is marked requestable but not offered: {Problems}.")]
    private static partial void NotOffered(ILogger logger, string target, string problems);

    [LoggerMessage(13, LogLevel.Warning, "The catalog could not be read ({Doubt}); the last good one with {Offered} targets stays.")]
    private static partial void Kept(ILogger logger, Doubt doubt, int offered);

    [LoggerMessage(14, LogLevel.Error, "The catalog could not be refreshed; the last good one stays.")]
    private static partial void RefreshFailed(ILogger logger, Exception exception);

    [LoggerMessage(15, LogLevel.Error, "The last good catalog could not be read from the database.")]
    private static partial void RecallFailed(ILogger logger, Exception exception);
}
