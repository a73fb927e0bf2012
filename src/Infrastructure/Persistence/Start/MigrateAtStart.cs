using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Persistence.Start;

/// <summary>Before anything else starts: the schema is up to date, or the start fails.</summary>
internal sealed class MigrateAtStart(IOptions<DatabaseOptions> options) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.MigrateAtStart)
            await Schema.Apply(options.Value, TimeProvider.System, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
