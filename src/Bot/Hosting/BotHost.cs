using ChatGovernance.Bot.Api;
using ChatGovernance.Bot.Identity;
using ChatGovernance.Bot.Keycloak;
using ChatGovernance.Bot.Login;
using ChatGovernance.Bot.Slack;
using ChatGovernance.Bot.Teams;
using ChatGovernance.Core.Health;
using ChatGovernance.Infrastructure.Observability;
using ChatGovernance.Infrastructure.Persistence;
using ChatGovernance.Infrastructure.Policies;
using ChatGovernance.Infrastructure.Scheduling;
using ChatGovernance.Infrastructure.Webhooks;
using ChatGovernance.Infrastructure.Work;

namespace ChatGovernance.Bot.Hosting;

/// <summary>Puts the bot together.</summary>
internal static class BotHost
{
    /// <summary>Where the bot listens when nothing is said.</summary>
    private const string DefaultUrl = "http://127.0.0.1:3978";

    public static WebApplication Build(string[] args)
    {
        var builder = CreateBuilder(args);
        if (builder.Configuration["Urls"] is null)
            builder.WebHost.UseUrls(DefaultUrl);

        builder.AddObservability();
        builder.Services.AddBot(builder.Configuration);

        // At the end nothing takes anything new while others still finish, and no one uses up the time of the rest.
        builder.Services.Configure<HostOptions>(options => options.ServicesStopConcurrently = true);

        // Why a start fails is said in a line by the command; the host would write a stack trace above it. A background service
        // that fails meanwhile is told as critical, too.
        var starting = true;
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && !(starting && level == LogLevel.Error));
        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => starting = false);
        app.MapHealth();
        app.MapSlack();
        app.MapTeams();
        app.MapLogin();
        app.MapKeycloakEvents();
        app.MapApi();
        return app;
    }

    /// <summary>All of the bot, whether it is to serve or only to answer.</summary>
    public static IServiceCollection AddBot(this IServiceCollection services, IConfiguration configuration) => services
        .AddScoped<IExaminer, ExamineSettings>()
        .AddPersistence(configuration)
        .AddPolicies(configuration)
        .AddKeycloak(configuration)
        .AddIdentity(configuration)
        .AddLogin(configuration)
        .AddStaff(configuration)
        .AddSlack(configuration)
        .AddTeams(configuration)
        .AddWork(configuration)
        .AddScheduling(configuration)
        .AddWebhooks(configuration)
        .AddKeycloakEvents(configuration)
        .AddApi(configuration);

    /// <summary>Settings and logging alone, for commands that do not serve.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddSecretFiles();
        TypedSettings.Check(builder.Configuration);
        // The framework tells of every request; what matters here is told by the bot itself. Logging:LogLevel brings it back.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Host.UseDefaultServiceProvider(options =>
        {
            options.ValidateScopes = true;
            options.ValidateOnBuild = true;
        });
        return builder;
    }
}
