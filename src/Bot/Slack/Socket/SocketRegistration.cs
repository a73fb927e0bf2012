using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatGovernance.Bot.Slack.Socket;

internal static class SocketRegistration
{
    /// <summary>Socket Mode: the same deliveries over connections that the bot opens.</summary>
    public static IServiceCollection AddSocketMode(this IServiceCollection services)
    {
        services.TryAddSingleton<SocketTimes>();
        services.AddSingleton<SocketState>();
        services.AddSingleton<SocketMetrics>();
        services.AddSingleton<EnvelopeMemory>();
        services.AddSingleton<EnvelopeTaker>();
        services.AddSingleton<SocketOpener>();
        services.AddHostedService<SlackSocketMode>();
        services.AddHealthChecks().AddCheck<SocketHealth>(SocketHealth.Name, tags: ["ready"]);
        return services;
    }
}
