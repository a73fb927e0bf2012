using ChatGovernance.Infrastructure.Keycloak;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGovernance.TestSupport.Keycloak;

/// <summary>The production registration on a test's realm.</summary>
public static class KeycloakAccess
{
    public static ServiceProvider To(TestRealm realm, string clientId = "chat-governance", string secret = "bot-secret", TimeSpan? timeout = null, string? eventSecret = null) =>
        To(realm.Server, realm.Name, clientId, secret, timeout, TimeProvider.System, eventSecret);

    public static ServiceProvider To(Uri server, string realm, string clientId, string secret, TimeSpan? timeout, TimeProvider time, string? eventSecret = null)
    {
        var settings = new Dictionary<string, string?>
        {
            [$"{KeycloakOptions.Section}:{nameof(KeycloakOptions.Url)}"] = server.ToString(),
            [$"{KeycloakOptions.Section}:{nameof(KeycloakOptions.Realm)}"] = realm,
            [$"{KeycloakOptions.Section}:{nameof(KeycloakOptions.ClientId)}"] = clientId,
            [$"{KeycloakOptions.Section}:{nameof(KeycloakOptions.ClientSecret)}"] = secret,
            [$"{KeycloakOptions.Section}:{nameof(KeycloakOptions.EventSecret)}"] = eventSecret,
            [$"{KeycloakOptions.Section}:{nameof(KeycloakOptions.CallTimeout)}"] = (timeout ?? TimeSpan.FromSeconds(30)).ToString("c"),
        };
        return new ServiceCollection()
            .AddSingleton(time)
            .AddKeycloak(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }
}
