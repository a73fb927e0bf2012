using System.Data.Common;
using ChatGovernance.Infrastructure.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatGovernance.Infrastructure.Persistence.Start;

/// <summary>Healthy: reachable, and its schema is at least this version's.</summary>
internal sealed class DatabaseHealth(IDbContextFactory<GovernanceContext> contexts, TimeProvider time) : IHealthCheck
{
    public const string Name = "database";

    /// <summary>A load balancer that waits any longer has given up.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var missing = await Deadline.Within(patience, time, Missing, cancellationToken);
            return missing == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"The schema lacks {missing} migrations: run `chatgovernance migrate`.");
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", exception);
        }
    }

    private async Task<int> Missing(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await db.Database.GetPendingMigrationsAsync(ct)).Count();
    }
}
