using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Teams;

/// <summary>Says at the start that unsigned calls are taken.</summary>
internal sealed partial class WarnOfAnonymity(IOptions<TeamsOptions> options, ILogger<WarnOfAnonymity> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Anonymous)
            LogAnonymous();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Warning, "Teams:Anonymous is set: activities are taken from this machine without any proof of who sends them. This is for development alone.")]
    private partial void LogAnonymous();
}
