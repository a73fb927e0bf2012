using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Teams.Connector;
using ChatGovernance.Bot.Teams.Ingress;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Teams;

/// <summary>Microsoft Teams in the bot.</summary>
public static class TeamsModule
{
    /// <summary>
    /// Adds Teams when <c>Teams:AppId</c> or <c>Teams:Anonymous</c> is set; else does nothing. A setting that is missing or malformed stops
    /// the start with one line that names it.
    /// </summary>
    public static IServiceCollection AddTeams(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(TeamsOptions.Section);
        if (section.Get<TeamsOptions>() is not { IsOn: true })
            return services;

        services.AddSingleton<TeamsOptionsValidation>();
        services.AddSingleton<IPostConfigureOptions<TeamsOptions>>(s => s.GetRequiredService<TeamsOptionsValidation>());
        services.AddSingleton<IValidateOptions<TeamsOptions>>(s => s.GetRequiredService<TeamsOptionsValidation>());
        services.AddOptions<TeamsOptions>().Bind(section).ValidateOnStart();

        services.AddMetrics();
        services.AddSingleton<TeamsMetrics>();
        services.TryAddScoped<FormCheck>();
        services.TryAddScoped<StoreDelivery>();
        services.AddSingleton<ConnectorTokens>();
        services.AddScoped<CurrentCard>();
        services.AddScoped<TeamsIntake>();
        services.AddScoped<TeamsIngress>();
        services.AddScoped<TeamsAcknowledging>();
        services.AddSingleton<IDeliveryReader, TeamsDeliveryReader>();

        // Somebody waits for an answer meanwhile.
        services.AddOutgoing(ConnectorTokens.HttpClientName).ConfigureHttpClient(http => http.Timeout = TimeSpan.FromSeconds(5));
        services.AddOutgoing(BotToken.HttpClientName);
        services.AddOutgoing(ConnectorCaller.HttpClientName);
        services.AddSingleton<BotToken>();
        services.AddSingleton<ConnectorCaller>();
        services.AddSingleton<TeamsConversations>();
        services.AddSingleton<TeamsMembers>();
        services.AddSingleton<TeamsChat>();
        services.AddScoped<Core.Health.IExaminer, ExamineTeams>();
        services.AddSingleton<IChat>(s => s.GetRequiredService<TeamsChat>());
        services.AddSingleton<IChatPlatform>(s => s.GetRequiredService<TeamsChat>());
        services.AddHostedService<WarnOfAnonymity>();
        return services;
    }

    /// <summary>The route that the Bot Connector calls; none where Teams is off.</summary>
    public static IEndpointRouteBuilder MapTeams(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<TeamsChat>() is not null)
            routes.MapPost("/api/messages", (HttpContext context, TeamsAcknowledging teams) => teams.Handle(context)).DisableAntiforgery();
        return routes;
    }

    /// <summary>No redirect is followed: a token goes nowhere else.</summary>
    private static IHttpClientBuilder AddOutgoing(this IServiceCollection services, string name) => services.AddHttpClient(name, http => http.Timeout = Timeout.InfiniteTimeSpan) // each call has its own, by the TimeProvider
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ActivityHeadersPropagator = null })
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
        .RemoveAllLoggers();
}
