using ChatGovernance.Core.Work;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Keycloak;

/// <summary>Events that the provider in Keycloak sends to the bot.</summary>
internal static class EventsModule
{
    /// <summary>Takes nothing where <c>Keycloak:EventSecret</c> is missing; one that is too short stops the start with a line that names it.</summary>
    public static IServiceCollection AddKeycloakEvents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<EventsOptions>, EventsOptionsValidation>();
        services.AddOptions<EventsOptions>().Bind(configuration.GetSection("Keycloak")).ValidateOnStart();
        services.AddSingleton<EventsMetrics>();
        services.AddSingleton<IDeliveryReader, FilingReader>();
        services.AddScoped<EventsIngress>();
        return services;
    }

    public static IEndpointRouteBuilder MapKeycloakEvents(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<IOptions<EventsOptions>>().Value.IsOn)
            routes.MapPost("/keycloak/events", (HttpContext context, EventsIngress ingress, CancellationToken ct) => ingress.Receive(context.Request, ct)).DisableAntiforgery();
        return routes;
    }
}
