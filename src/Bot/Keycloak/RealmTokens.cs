using ChatGovernance.Infrastructure.Keycloak;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
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

    /// <summary>Without any token that makes it necessary; the shortest that the library allows.</summary>
    private static readonly TimeSpan refreshEvery = TimeSpan.FromMinutes(5);

    /// <summary>Tokens that may wait at once for a key that is not known; anybody can name one.</summary>
    private const int WaitingAtMost = 16;

    /// <summary>So long a token waits for the reading that it made necessary: the realm may have got a new key just now.</summary>
    private static readonly TimeSpan keysWithin = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan glance = TimeSpan.FromMilliseconds(50);

    // What Keycloak signs tokens with; a symmetric key would be a client's secret.
    private static readonly string[] algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private readonly Lazy<ConfigurationManager<OpenIdConnectConfiguration>> keys = new(() => new ConfigurationManager<OpenIdConnectConfiguration>(
        keycloak.Value.CertsUrl.ToString(),
        new Keys(keycloak.Value.Issuer),
        new HttpDocumentRetriever(clients.CreateClient(HttpClientName)) { RequireHttps = false })
    {
        RefreshInterval = refreshAtMost,
        // A key that the realm has given up opens nothing after the next reading.
        AutomaticRefreshInterval = refreshEvery,
        UseLastKnownGoodConfiguration = false,
    });

    private int waiting;

    /// <param name="audience">Whom it must name.</param>
    public async Task<TokenReading> Read(string token, string audience, CancellationToken ct)
    {
        var read = await Validate(token, audience);
        if (read is not TokenReading.KeyUnknown)
            return read;
        try
        {
            if (Interlocked.Increment(ref waiting) > WaitingAtMost)
                return read;
            for (var waited = TimeSpan.Zero; read is TokenReading.KeyUnknown && waited < keysWithin; waited += glance)
            {
                await Task.Delay(glance, time, ct);
                read = await Validate(token, audience);
            }

            return read;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private async Task<TokenReading> Validate(string token, string audience)
    {
        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ConfigurationManager = keys.Value,
            ValidIssuer = keycloak.Value.Issuer,
            ValidAudience = audience,
            ValidAlgorithms = algorithms,
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (from, until, _, _) => IsTime(from, until),
        });
        return result switch
        {
            { IsValid: true } => new TokenReading.Valid(result.Claims.AsReadOnly()),
            { Exception: InvalidOperationException } => new TokenReading.KeysAway(),
            { Exception: SecurityTokenSignatureKeyNotFoundException } => new TokenReading.KeyUnknown(),
            _ => new TokenReading.Invalid(result.Exception?.GetType().Name ?? "unknown", (result.Exception as SecurityTokenInvalidIssuerException)?.InvalidIssuer),
        };
    }

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

internal abstract record TokenReading
{
    private protected TokenReading()
    {
    }

    public sealed record Valid(IReadOnlyDictionary<string, object> Claims) : TokenReading;

    /// <param name="Why">One word.</param>
    /// <param name="Issuer">The one that it names, where that is what is wrong.</param>
    public sealed record Invalid(string Why, string? Issuer) : TokenReading;

    /// <summary>No key that the realm has, or had when its keys could be read last, has signed it.</summary>
    public sealed record KeyUnknown : TokenReading;

    /// <summary>Nobody can tell: the realm's keys have never been read.</summary>
    public sealed record KeysAway : TokenReading;
}
