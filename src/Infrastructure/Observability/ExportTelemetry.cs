using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ChatGovernance.Infrastructure.Observability;

/// <summary>
/// Holds what listens and what is asked as long as the bot runs. Constructed before anything starts; what is collected then is sent
/// off when the container disposes of the providers.
/// </summary>
internal sealed class ExportTelemetry(TracerProvider traces, MeterProvider metrics, StateMetrics state) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        GC.KeepAlive((traces, metrics, state));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
