using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ChatGovernance.Bot.Hosting;

/// <summary>
/// Whether tokens are signed with keys that are told at an address. The keys are read there, and again when a token names one that is
/// not known.
/// </summary>
/// <param name="keys">Reads them, the first time when the first token comes.</param>
/// <param name="refreshAtMost">A key that is not known makes the keys be read again, no more often than this whoever sends what.</param>
internal sealed class SignedTokens(Lazy<ConfigurationManager<OpenIdConnectConfiguration>> keys, TimeSpan refreshAtMost, TimeProvider time)
{
    /// <summary>Without any token that makes it necessary; the shortest that the library allows.</summary>
    private static readonly TimeSpan refreshEvery = TimeSpan.FromMinutes(5);

    /// <summary>Tokens that may wait at once for a key that is not known; anybody can name one.</summary>
    private const int WaitingAtMost = 16;

    /// <summary>So long a token waits for the reading that it made necessary: there may be a new key just now.</summary>
    private static readonly TimeSpan keysWithin = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan glance = TimeSpan.FromMilliseconds(50);

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private int waiting;

    /// <param name="rules">What a token must be; where the keys come from is said by this.</param>
    public async Task<TokenReading> Read(string token, TokenValidationParameters rules, CancellationToken ct)
    {
        keys.Value.RefreshInterval = refreshAtMost;
        // A key that was given up opens nothing after the next reading.
        keys.Value.AutomaticRefreshInterval = refreshEvery;
        keys.Value.UseLastKnownGoodConfiguration = false;
        rules.ConfigurationManager = keys.Value;
        rules.TryAllIssuerSigningKeys = false;
        rules.RequireSignedTokens = true;
        rules.RequireExpirationTime = true;
        var read = await Validate(token, rules);
        if (read is not TokenReading.KeyUnknown)
            return read;
        try
        {
            if (Interlocked.Increment(ref waiting) > WaitingAtMost)
                return read;
            for (var waited = TimeSpan.Zero; read is TokenReading.KeyUnknown && waited < keysWithin; waited += glance)
            {
                await Task.Delay(glance, time, ct);
                read = await Validate(token, rules);
            }

            return read;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>Whether the keys are known, or can be read now.</summary>
    public async Task<bool> KnowsKeys(CancellationToken ct)
    {
        try
        {
            return (await keys.Value.GetConfigurationAsync(ct)).SigningKeys.Count > 0;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            return false;
        }
    }

    private async Task<TokenReading> Validate(string token, TokenValidationParameters rules)
    {
        var result = await handler.ValidateTokenAsync(token, rules);
        return result switch
        {
            { IsValid: true } => new TokenReading.Valid(result.Claims.AsReadOnly(), await KeyOf(result.SecurityToken)),
            { Exception: InvalidOperationException } => new TokenReading.KeysAway(),
            { Exception: SecurityTokenSignatureKeyNotFoundException } => new TokenReading.KeyUnknown(),
            _ => new TokenReading.Invalid(result.Exception?.GetType().Name ?? "unknown", (result.Exception as SecurityTokenInvalidIssuerException)?.InvalidIssuer),
        };
    }

    private async Task<JsonWebKey?> KeyOf(SecurityToken token) => token is JsonWebToken { Kid: { Length: > 0 } kid }
        ? (await keys.Value.GetConfigurationAsync(CancellationToken.None)).JsonWebKeySet?.Keys.FirstOrDefault(key => key.Kid == kid)
        : null;
}

internal abstract record TokenReading
{
    private protected TokenReading()
    {
    }

    /// <param name="Key">The one that it names and is signed with, as it is told; null: it names none.</param>
    public sealed record Valid(IReadOnlyDictionary<string, object> Claims, JsonWebKey? Key) : TokenReading;

    /// <param name="Why">One word.</param>
    /// <param name="Issuer">The one that it names, where that is what is wrong.</param>
    public sealed record Invalid(string Why, string? Issuer) : TokenReading;

    /// <summary>No key that there is, or was when the keys could be read last, has signed it.</summary>
    public sealed record KeyUnknown : TokenReading;

    /// <summary>Nobody can tell: the keys have never been read.</summary>
    public sealed record KeysAway : TokenReading;
}
