using ChatGovernance.Bot.Hosting;
using ChatGovernance.Infrastructure.Keycloak;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ChatGovernance.Bot.Keycloak;

/// <summary>
/// Whether a token is one of the realm's: signed with a key that it has now, by its issuer, for whom it should be, and not over. The
/// keys are read at Keycloak's inner address, and again when a token names one that is not known.
/// </summary>
internal sealed class RealmTokens(IHttpClientFactory clients, IOptions<KeycloakOptions> keycloak, TimeProvider time)
{
    public const string HttpClientName = "keycloak-keys";

    /// <summary>How far Keycloak's clock may differ from ours.</summary>
    private static readonly TimeSpan skew = TimeSpan.FromMinutes(1);

    /// <summary>A key that is not known makes the keys be read again, no more often than this whoever sends what.</summary>
    private static readonly TimeSpan refreshAtMost = TimeSpan.FromSeconds(1);

    // What Keycloak signs tokens with; a symmetric key would be a client's secret.
    private static readonly string[] algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private readonly SignedTokens tokens = new(
        new(() => new ConfigurationManager<OpenIdConnectConfiguration>(
            keycloak.Value.CertsUrl.ToString(), new Keys(keycloak.Value.Issuer), new HttpDocumentRetriever(clients.CreateClient(HttpClientName)) { RequireHttps = false })),
        refreshAtMost,
        time);

    /// <param name="audience">Whom it must name.</param>
    public Task<TokenReading> Read(string token, string audience, CancellationToken ct) => tokens.Read(token, new TokenValidationParameters
    {
        ValidIssuer = keycloak.Value.Issuer,
        ValidAudience = audience,
        ValidAlgorithms = algorithms,
        LifetimeValidator = (from, until, _, _) => IsTime(from, until),
    }, ct);

    /// <summary>Where no key fits, the library asks with the earliest time there is for a token that names none: nothing may be taken from it.</summary>
    private bool IsTime(DateTime? from, DateTime? until)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return until is { } end && now - skew < end && (from is not { } start || now + skew > start);
    }

    /// <summary>The realm's keys alone: what the metadata says of addresses depends on who asks.</summary>
    private sealed class Keys(string issuer) : IConfigurationRetriever<OpenIdConnectConfiguration>
    {
        public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel)
        {
            var set = new JsonWebKeySet(await retriever.GetDocumentAsync(address, cancel));
            var configuration = new OpenIdConnectConfiguration { Issuer = issuer, JsonWebKeySet = set };
            foreach (var key in set.GetSigningKeys())
                configuration.SigningKeys.Add(key);
            return configuration;
        }
    }
}
