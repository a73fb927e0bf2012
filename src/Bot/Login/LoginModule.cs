using ChatGovernance.Bot.Keycloak;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.People;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Login;

/// <summary>Logging in through the bot's own pages.</summary>
public static partial class LoginModule
{
    /// <summary>
    /// Needs Keycloak and the stores. Without <c>PublicUrl</c> nobody logs in here, and the log says so once; a setting that is missing
    /// or malformed stops the start with one line that names it.
    /// </summary>
    public static IServiceCollection AddLogin(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<LoginOptionsValidation>();
        services.AddSingleton<IPostConfigureOptions<LoginOptions>>(s => s.GetRequiredService<LoginOptionsValidation>());
        services.AddSingleton<IValidateOptions<LoginOptions>>(s => s.GetRequiredService<LoginOptionsValidation>());
        services.AddOptions<LoginOptions>().Bind(configuration.GetSection(LoginOptions.Section)).ValidateOnStart();
        services.AddSingleton(s => s.GetRequiredService<IOptions<LoginOptions>>().Value is { IsOn: true } options
            ? new LoginAvailability(null, options.Acr)
            : new LoginAvailability($"{LoginOptions.PublicUrlKey} is not set"));
        services.AddSingleton<LoginAddresses>();
        services.AddSingleton<ILoginAddresses>(s => s.GetRequiredService<LoginAddresses>());
        services.AddSingleton<KeycloakLogin>();
        services.AddScoped<LoginEndpoints>();
        services.AddHostedService<SayWhatIsOff>();
        services.AddSingleton<RealmTokens>();
        foreach (var client in (string[])[KeycloakLogin.HttpClientName, RealmTokens.HttpClientName])
        {
            services.AddHttpClient(client, http => http.Timeout = TimeSpan.FromMinutes(1))
                .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ActivityHeadersPropagator = null })
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
                .RemoveAllLoggers(); // they write addresses
        }

        return services;
    }

    /// <summary>The pages; none where nobody can log in.</summary>
    public static IEndpointRouteBuilder MapLogin(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<LoginAvailability>().IsOn)
            return routes;

        var pages = routes.MapGroup("").AddEndpointFilter(async (context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "no-store";
            return await next(context);
        });
        foreach (var page in (string[])["/link/{token}", "/confirm/{token}"])
        {
            pages.MapGet(page, (HttpContext http, string token, LoginEndpoints login, CancellationToken ct) => login.Show(http, token, ct));
            pages.MapPost(page, (HttpContext http, string token, LoginEndpoints login, CancellationToken ct) => login.Press(http, token, ct)).DisableAntiforgery();
        }

        pages.MapGet(LoginOptions.CallbackPath, (HttpContext http, string? state, string? code, string? error, LoginEndpoints login, CancellationToken ct) => login.Return(http, state, code, error, ct));
        return routes;
    }

    private sealed partial class SayWhatIsOff(LoginAvailability availability, PeopleOptions people, ILogger<SayWhatIsOff> log) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            if (availability.WhyNot is { } why && people.Sources.Contains(IdentitySource.Link))
                LogOff(why);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        [LoggerMessage(1, LogLevel.Information, "Nobody can connect accounts by a login: {Why}. Other identity sources are asked as before.")]
        private partial void LogOff(string why);
    }
}
