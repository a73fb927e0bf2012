using ChatGovernance.Core.Policies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Policies;

/// <summary>
/// Reads the policy before anything is decided, and again every few seconds: files that come by a mount or a link are not always
/// seen to change. Every replica reads its own.
/// </summary>
internal sealed partial class PolicyLoop(IPolicyFile file, IServiceScopeFactory scopes, TimeProvider time, ILogger<PolicyLoop> logger) : BackgroundService
{
    private static readonly TimeSpan look = TimeSpan.FromSeconds(2);

    private FollowedPolicy? last;

    /// <exception cref="OptionsValidationException">The file is broken, and there has never been a good one.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Look(cancellationToken);
        if (last is { Holds: null, Read: PolicyReading.Bad { Problems: var problems } })
            throw new OptionsValidationException(PolicyOptions.Section, typeof(PolicyOptions), [$"Policy:File cannot be used, and there is no earlier one to go on with. {string.Join(" ", problems)}"]);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (file.IsSet && !stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(look, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await Look(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                // The loop's edge: the database is away. What holds goes on to hold; it is looked at again.
                Failed(logger, exception);
            }
        }
    }

    private async Task Look(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var followed = await scope.ServiceProvider.GetRequiredService<FollowPolicy>().Run(last, ct);
        if (ReferenceEquals(followed, last))
            return;

        if (followed is { Read: PolicyReading.Bad bad, Holds: not null })
            Broken(logger, string.Join(" ", bad.Problems));
        else if (file.IsSet && followed.Holds is { } holds)
            Holds(logger, holds.Version);
        last = followed;
    }

    [LoggerMessage(1, LogLevel.Information, "The policy {Version} holds.")]
    private static partial void Holds(ILogger logger, string version);

    [LoggerMessage(2, LogLevel.Error, "The policy file cannot be used: {Problems} The last good one goes on.")]
    private static partial void Broken(ILogger logger, string problems);

    [LoggerMessage(3, LogLevel.Error, "The policy could not be looked at; it is looked at again.")]
    private static partial void Failed(ILogger logger, Exception exception);
}
