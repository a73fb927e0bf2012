using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Health;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Keycloak;
using ChatGovernance.Infrastructure.Keycloak.Setup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RestEase;

[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(RestClient.FactoryAssemblyName)]

namespace Microsoft.Extensions.DependencyInjection;

public static class KeycloakRegistration
{
    private const string HttpClientName = "keycloak";

    /// <summary>Reads the section <c>Keycloak</c>; the start fails with one line when a setting is missing or malformed.</summary>
    public static IServiceCollection AddKeycloak(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<KeycloakOptionsValidation>();
        services.AddSingleton<IPostConfigureOptions<KeycloakOptions>>(s => s.GetRequiredService<KeycloakOptionsValidation>());
        services.AddSingleton<IValidateOptions<KeycloakOptions>>(s => s.GetRequiredService<KeycloakOptionsValidation>());
        services.AddOptions<KeycloakOptions>().Bind(configuration.GetSection(KeycloakOptions.Section)).ValidateOnStart();

        services.AddMetrics();
        services.AddSingleton<KeycloakMetrics>();
        services.AddTransient<KeycloakCounting>();
        services.AddSingleton<KeycloakTokens>();
        services.AddTransient<KeycloakAuthentication>();
        services.AddTransient(s => new KeycloakAnswers(s.GetRequiredService<IOptions<KeycloakOptions>>().Value.CallTimeout, s.GetRequiredService<TimeProvider>()));
        services.AddHttpClient(KeycloakTokens.HttpClientName, NoTimeoutOfItsOwn)
            .AddHttpMessageHandler<KeycloakCounting>()
            .AddHttpMessageHandler<KeycloakAnswers>()
            .RemoveAllLoggers() // they write addresses, which hold people's e-mail
            .ConfigurePrimaryHttpMessageHandler(Connections)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddHttpClient(HttpClientName, (s, http) =>
            {
                NoTimeoutOfItsOwn(http);
                http.BaseAddress = s.GetRequiredService<IOptions<KeycloakOptions>>().Value.AdminUrl;
            })
            .AddHttpMessageHandler<KeycloakAuthentication>()
            .AddHttpMessageHandler<KeycloakCounting>()
            .AddHttpMessageHandler<KeycloakAnswers>()
            .RemoveAllLoggers() // they write addresses, which hold people's e-mail
            .ConfigurePrimaryHttpMessageHandler(Connections)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton<AdministratorSession>();
        services.AddHttpClient(AdministratorSession.HttpClientName, (s, http) =>
            {
                NoTimeoutOfItsOwn(http);
                http.BaseAddress = s.GetRequiredService<IOptions<KeycloakOptions>>().Value.AdminUrl;
            })
            .AddHttpMessageHandler(s => new AdministratorAuthentication(s.GetRequiredService<AdministratorSession>()))
            .AddHttpMessageHandler(s => new KeycloakAnswers(s.GetRequiredService<IOptions<KeycloakOptions>>().Value.CallTimeout, s.GetRequiredService<TimeProvider>(), administrates: true))
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(Connections)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddScoped(s => new SetUpPermissions(
            s.GetRequiredService<KeycloakClient>(), s.GetRequiredService<RealmSight>(), s.GetRequiredService<KeycloakTokens>(), s.GetRequiredService<IHttpClientFactory>(),
            s.GetRequiredService<AdministratorSession>(), s.GetRequiredService<IEntitlements>(), s.GetRequiredService<StaffOptions>(), s.GetRequiredService<FollowPolicy>(),
            s.GetRequiredService<IOptions<KeycloakOptions>>().Value.ManageLoginPolicies));
        services.AddSingleton(s => KeycloakRestEase.Create(s.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName)));
        services.AddSingleton(s => KeycloakRestEase.CreateLoginPolicies(s.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName)));
        services.AddSingleton<KeycloakClient>();
        services.AddSingleton<ClientNames>();
        services.AddSingleton<RealmSight>();
        services.AddSingleton<IDirectory, KeycloakDirectory>();
        services.AddSingleton<ILoginPolicies, KeycloakLoginPolicies>();
        services.AddSingleton(s => new SessionEnds(s.GetRequiredService<IOptions<KeycloakOptions>>().Value.EndSessionsOnRevoke));
        services.AddSingleton(s => new LoginClient(configuration, s.GetRequiredService<IOptions<KeycloakOptions>>()));
        services.AddScoped<IExaminer, ExamineKeycloak>();
        return services;
    }

    /// <summary><see cref="KeycloakAnswers"/> bounds each call by itself.</summary>
    private static void NoTimeoutOfItsOwn(HttpClient http) => http.Timeout = Timeout.InfiniteTimeSpan;

    /// <summary>A redirect is no answer of the Admin API; connections are renewed so that a changed DNS name is noticed.</summary>
    private static SocketsHttpHandler Connections() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ActivityHeadersPropagator = null, // KeycloakCounting says which call it is a part of
    };
}
