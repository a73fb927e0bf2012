using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace ChatGovernance.Bot.Hosting;

internal static class Health
{
    /// <summary>
    /// <c>/health/live</c>: the process answers. <c>/health/ready</c>: 200 once the database is reachable, its schema applied and
    /// the first attempt to read the catalog has ended; degraded is 200, too.
    /// </summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
    }
}
