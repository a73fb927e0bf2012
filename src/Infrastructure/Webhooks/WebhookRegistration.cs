using ChatGovernance.Core.Health;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Infrastructure.Keycloak;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Webhooks;

public static class WebhookRegistration
{
    /// <summary>
    /// Who is told of what happens: the section <c>Webhooks</c>. A setting that is missing or malformed stops the start with one line that names
    /// it. Without a receiver nothing is written; what was, for receivers that are gone, is still given up visibly.
    /// </summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidation>();
        services.AddOptions<WebhookOptions>().Configure(options => Read(options, configuration.GetSection(WebhookOptions.Section))).ValidateOnStart();
        services.AddMetrics();
        services.AddSingleton<WebhookMetrics>();
        services.AddHttpClient(WebhookTargets.HttpClientName, http => http.Timeout = Timeout.InfiniteTimeSpan) // each try has its own, by the TimeProvider
            .RemoveAllLoggers() // they write addresses, which may hold a receiver's key
            .ConfigurePrimaryHttpMessageHandler(Connections)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton<IWebhookOutbox>(s => new CloudEvents(Targets(s), Source(s.GetRequiredService<IOptions<KeycloakOptions>>().Value.Realm!)));
        services.AddSingleton(s => new WebhookTargets(
            Targets(s), s.GetRequiredService<IHttpClientFactory>(), s.GetRequiredService<WebhookMetrics>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<WebhookTargets>>()));
        services.AddSingleton<IWebhookTargets>(s => s.GetRequiredService<WebhookTargets>());
        services.AddScoped<IExaminer, ExamineWebhooks>();
        return services;
    }

    /// <summary>As the provider in Keycloak writes it; a URI reference, so that what is not for URIs is escaped.</summary>
    internal static string Source(string realm) => $"/realms/{Uri.EscapeDataString(realm)}";

    /// <summary>A redirect is no receipt, and would lead where nobody has configured; connections are renewed so that a changed DNS name is noticed.</summary>
    internal static SocketsHttpHandler Connections() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseDrainSize = 16 * 1024,
        ActivityHeadersPropagator = null, // no stranger goes on with our traces
    };

    private static void Read(WebhookOptions options, IConfigurationSection section)
    {
        foreach (var target in section.GetChildren())
            options.Targets[target.Path] = target.Get<WebhookTargetOptions>() ?? new WebhookTargetOptions();
    }

    private static IReadOnlyList<WebhookTarget> Targets(IServiceProvider services) =>
        [.. services.GetRequiredService<IOptions<WebhookOptions>>().Value.Targets.Values.Select(target => target.Target)];
}
