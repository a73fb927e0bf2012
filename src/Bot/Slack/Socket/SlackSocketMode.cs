using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Slack.Socket;

/// <summary>Keeps this replica's connections open, several so that one that ends loses nothing.</summary>
internal sealed class SlackSocketMode(
    SocketOpener opener, IOptions<SlackOptions> options, HealthCheckService health, SocketTimes times, TimeProvider time, ILogger<SocketLine> log) : BackgroundService
{
    private static readonly TimeSpan askAgain = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Ready(stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, options.Value.SocketConnections).Select(_ => new SocketLine(opener, times, time, log).Keep(stoppingToken)));
    }

    /// <summary>No balancer stands before these connections: what is open is served, so nothing is opened before there is something to serve with.</summary>
    private async Task Ready(CancellationToken ct)
    {
        while ((await health.CheckHealthAsync(check => check.Tags.Contains("ready") && check.Name != SocketHealth.Name, ct)).Status == HealthStatus.Unhealthy)
            await Task.Delay(askAgain, time, ct);
    }
}
