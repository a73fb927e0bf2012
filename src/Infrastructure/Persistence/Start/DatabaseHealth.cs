using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatGovernance.Infrastructure.Persistence.Start;

/// <summary>Healthy: reachable, and its schema is at least this version's.</summary>
internal sealed class DatabaseHealth(IDbContextFactory<GovernanceContext> contexts) : IHealthCheck
{
    public const string Name = "database";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var missing = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
            return missing == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"The schema lacks {missing} migrations: run `chatgovernance migrate`.");
        }
        catch (DbException exception)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", exception);
        }
    }
}
