using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatGovernance.Bot.Slack.Socket;

/// <summary>Degraded, never unready: nothing is lost by it that a load balancer could send elsewhere.</summary>
internal sealed class SocketHealth(SocketState state) : IHealthCheck
{
    public const string Name = "slack";

    /// <summary>Connections come and go; this long without any is no coming and going.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        state.EmptyFor > Patience
            ? HealthCheckResult.Degraded("Socket Mode has had no open connection for more than 30 s: nothing that people do in Slack arrives here.")
            : HealthCheckResult.Healthy());
}
