using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Slack.Ingress;
using ChatGovernance.Bot.Slack.Socket;
using ChatGovernance.Bot.Slack.WebApi;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Slack;

/// <summary>Slack in the bot.</summary>
public static class SlackModule
{
    private const string HttpClientName = "slack";

    /// <summary>
    /// Adds Slack when <c>Slack:BotToken</c> is set; else does nothing. Needs <see cref="IInbox"/>, <see cref="IWake"/> and
    /// <see cref="Core.Policies.ICatalog"/>. A setting that is missing or malformed stops the start with one line that names it.
    /// </summary>
    public static IServiceCollection AddSlack(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(SlackOptions.Section);
        var read = section.Get<SlackOptions>() ?? new SlackOptions();
        if (!read.IsOn)
            return services;

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SlackOptionsValidation>();
        services.AddSingleton<IPostConfigureOptions<SlackOptions>>(s => s.GetRequiredService<SlackOptionsValidation>());
        services.AddSingleton<IValidateOptions<SlackOptions>>(s => s.GetRequiredService<SlackOptionsValidation>());
        services.AddOptions<SlackOptions>().Bind(section).Configure(options => options.AddWorkspaces(section)).ValidateOnStart();

        services.AddMetrics();
        services.AddSingleton<SlackMetrics>();
        services.TryAddScoped<FormCheck>();
        services.TryAddScoped<StoreDelivery>();
        services.AddScoped<SlackIntake>();
        services.AddScoped<SlackIngress>();
        services.AddScoped<SlackAcknowledging>();
        services.AddSingleton<IDeliveryReader, SlackDeliveryReader>();

        services.AddHttpClient(HttpClientName, (s, http) =>
            {
                var options = s.GetRequiredService<IOptions<SlackOptions>>().Value;
                http.BaseAddress = options.ApiBase;
                http.DefaultRequestHeaders.Authorization = new("Bearer", options.BotToken);
                http.Timeout = Timeout.InfiniteTimeSpan; // each call has its own, by the TimeProvider
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ActivityHeadersPropagator = null })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.AddSingleton(s => SlackRestEase.Create(s.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName)));
        services.AddSingleton<SlackPace>();
        services.AddSingleton<SlackCaller>();
        services.AddSingleton<SlackTeam>();
        services.AddSingleton<SlackConversations>();
        services.AddSingleton<SlackMembers>();
        services.AddSingleton<SlackChat>();
        services.AddScoped<Core.Health.IExaminer, ExamineSlack>();
        services.AddSingleton<IChat>(s => s.GetRequiredService<SlackChat>());
        services.AddSingleton<IChatPlatform>(s => s.GetRequiredService<SlackChat>());
        return read.TakesSockets ? services.AddSocketMode() : services;
    }

    /// <summary>The routes that Slack calls; none where Slack is off, or delivers by Socket Mode alone.</summary>
    public static IEndpointRouteBuilder MapSlack(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<SlackChat>() is null || !routes.ServiceProvider.GetRequiredService<IOptions<SlackOptions>>().Value.TakesHttp)
            return routes;

        foreach (var kind in new[] { DeliveryKind.Commands, DeliveryKind.Interactions, DeliveryKind.Options, DeliveryKind.Events })
            routes.MapPost($"/{kind}", (HttpContext context, SlackAcknowledging slack) => slack.Handle(context, kind)).DisableAntiforgery();
        return routes;
    }
}
