using ChatGovernance.Core;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Offers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Scheduling;

/// <summary>Follows what happens in the directory, as often as the catalog is read and whenever there is a hint. Each reading overlaps the last.</summary>
internal sealed partial class DirectoryLoop(
    CurrentCatalog catalog, DirectoryHints hints, IServiceScopeFactory scopes, IOptions<CatalogOptions> options, TimeProvider time, ILogger<DirectoryLoop> logger) : BackgroundService
{
    /// <summary>Hints make it look no more often than this.</summary>
    private static readonly TimeSpan atLeast = TimeSpan.FromMilliseconds(500);

    /// <summary>What changed while nothing ran was seen by nobody; what is older was, or will be, by the daily check.</summary>
    private static readonly TimeSpan beforeStart = Entitlement.CheckEvery;

    private readonly Dictionary<string, DateTimeOffset> seen = [];
    private readonly Dictionary<string, Doubt?> unread = [];
    private DateTimeOffset changesSince;
    private DateTimeOffset loginsSince;
    private FollowedLoginPolicies? policies;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        changesSince = time.GetUtcNow() - beforeStart;
        loginsSince = time.GetUtcNow() - LoginOffer.Every;
        await catalog.FirstAttempt.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Try(FollowChanges, stoppingToken);
            await Try(FollowLogins, stoppingToken);
            await Try(FollowLoginPolicies, stoppingToken);
            await Task.Delay(atLeast, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await hints.Wait(options.Value.CatalogRefresh, time, stoppingToken);
        }
    }

    private async Task FollowChanges(IServiceProvider provider, CancellationToken ct)
    {
        var followed = await provider.GetRequiredService<FollowDirectory>().Run(changesSince, ct);
        changesSince = followed.Next;
        if (followed.ToCheck > 0)
            ToCheck(logger, followed.ToCheck);
        Tell("Admin events", followed.Why, "live grants are checked once a day only");
    }

    private async Task FollowLogins(IServiceProvider provider, CancellationToken ct)
    {
        var followed = await provider.GetRequiredService<FollowLogins>().Run(loginsSince, seen, ct);
        loginsSince = followed.Next;
        Tell("Login events", followed.Why, "nobody who is not let in is offered access");
    }

    private async Task FollowLoginPolicies(IServiceProvider provider, CancellationToken ct)
    {
        await provider.GetRequiredService<FinishLoginChanges>().Run(ct);
        policies = await provider.GetRequiredService<FollowLoginPolicies>().Run(policies, ct);
        Tell("Login policies", policies.Why, "nobody hears of it when somebody edits one");
    }

    private async Task Try(Func<IServiceProvider, CancellationToken, Task> follow, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await follow(scope.ServiceProvider, ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            // The loop's edge: the next reading begins where this one did.
            FollowFailed(logger, exception);
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    /// <summary>Once, until something else keeps them from being read.</summary>
    private void Tell(string what, Doubt? why, string meanwhile)
    {
        if (why is { } doubt && unread.GetValueOrDefault(what) != why)
            NotFollowed(logger, what, doubt, meanwhile);
        unread[what] = why;
    }

    [LoggerMessage(16, LogLevel.Debug, "Admin events name what {Entitlements} live entitlements rest on: they are checked now.")]
    private static partial void ToCheck(ILogger logger, int entitlements);

    [LoggerMessage(17, LogLevel.Warning, "{What} could not be read ({Doubt}). Until they can, {Meanwhile}.")]
    private static partial void NotFollowed(ILogger logger, string what, Doubt doubt, string meanwhile);

    [LoggerMessage(18, LogLevel.Error, "What changed in the directory could not be followed.")]
    private static partial void FollowFailed(ILogger logger, Exception exception);
}
