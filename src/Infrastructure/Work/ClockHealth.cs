using ChatGovernance.Infrastructure.Persistence;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatGovernance.Infrastructure.Work;

/// <summary>Degraded while this machine's clock is so wrong that its workers have stopped; it still takes deliveries.</summary>
internal sealed class ClockHealth(DatabaseTime time) : IHealthCheck
{
    public const string Name = "clock";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        time.IsUnknown
            ? HealthCheckResult.Degraded("The database's clock could not be read yet: the workers wait.")
            : time.IsFarOff
            ? HealthCheckResult.Degraded(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The database's clock is {time.Offset.TotalSeconds:F1} s ahead of this machine's: the workers have stopped."))
            : HealthCheckResult.Healthy());
}
