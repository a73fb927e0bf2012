using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatGovernance.Infrastructure.Scheduling;

/// <summary>Unready only until the first attempt to read the catalog has ended; without targets it is degraded.</summary>
internal sealed class CatalogHealth(CurrentCatalog catalog) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        !catalog.Attempted ? HealthCheckResult.Unhealthy("The catalog has not been asked for yet.")
        : catalog.Current.Entries.Count == 0 ? HealthCheckResult.Degraded("Nothing can be requested: the directory is away, or nothing is marked.")
        : HealthCheckResult.Healthy());
}
