using System.Globalization;
using System.Text.Json;
using ChatGovernance.Bot.Hosting;
using ChatGovernance.Bot.Keycloak;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.People;
using ChatGovernance.Infrastructure.Keycloak;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Login;

/// <summary>
/// The code flow with PKCE. Browsers go to Keycloak's public address, which is also the issuer; the code is exchanged and the keys are
/// read at its inner one.
/// </summary>
internal sealed partial class KeycloakLogin(IHttpClientFactory clients, RealmTokens tokens, IOptions<LoginOptions> login, IOptions<KeycloakOptions> keycloak, TimeProvider time, ILogger<KeycloakLogin> log)
{
    public const string HttpClientName = "keycloak-login";

    /// <summary>Where the browser goes: whoever is logged in already has to give their password again.</summary>
    public Uri Address(LoginId id, BrowserSecret browser, string? level = null)
    {
        var query = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = login.Value.ClientId,
            ["redirect_uri"] = login.Value.CallbackUrl,
            ["scope"] = "openid",
            ["state"] = browser.State(id),
            ["nonce"] = browser.Nonce(id),
            ["code_challenge"] = browser.Challenge(id),
            ["code_challenge_method"] = "S256",
            ["prompt"] = "login",
            // Asks for auth_time to be told, whatever the client's mappers are.
            ["max_age"] = "0",
        };
        if (level is not null)
            query["acr_values"] = level;
        return new Uri(keycloak.Value.AuthorizeUrl + QueryString.Create(query).ToUriComponent());
    }

    /// <summary>Where the browser logs out of Keycloak, by a click of its own.</summary>
    public string LogoutAddress => keycloak.Value.LogoutUrl + QueryString.Create("client_id", login.Value.ClientId!).ToUriComponent();

    /// <returns>Null: nothing that proves anything; it is in the log.</returns>
    public async Task<LoginProof> Exchange(LoginId id, BrowserSecret browser, string code, CancellationToken ct)
    {
        string? token;
        try
        {
            token = await ReadToken(id, browser, code, ct);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            LogAway(e.GetType().Name);
            return new LoginProof.Away();
        }

        return token is null ? new LoginProof.Nothing() : await Validate(token, browser.Nonce(id), ct);
    }

    private async Task<string?> ReadToken(LoginId id, BrowserSecret browser, string code, CancellationToken ct)
    {
        using var http = clients.CreateClient(HttpClientName);
        using var limit = new CancellationTokenSource(keycloak.Value.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "authorization_code"),
            new("code", code),
            new("redirect_uri", login.Value.CallbackUrl),
            new("code_verifier", browser.Verifier(id)),
            new("client_id", login.Value.ClientId!),
            new("client_secret", login.Value.ClientSecret!),
        ]);
        using var response = await http.PostAsync(keycloak.Value.TokenUrl, form, either.Token);
        if ((int)response.StatusCode >= 500)
            throw new HttpRequestException("Keycloak's token endpoint fails.", null, response.StatusCode);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(either.Token));
        if (response.IsSuccessStatusCode && answer.RootElement.TryGetProperty("id_token", out var token))
            return token.GetString();

        LogRefused((int)response.StatusCode, answer.RootElement.TryGetProperty("error", out var error) ? error.ToString() : "no id_token");
        return null;
    }

    private async Task<LoginProof> Validate(string token, string nonce, CancellationToken ct)
    {
        var read = await tokens.Read(token, login.Value.ClientId!, ct);
        if (read is TokenReading.Invalid invalid)
            LogInvalid(invalid.Why, invalid.Issuer);
        if (read is not TokenReading.Valid { Claims: var claims })
            // Keycloak itself has just given it: a key that is not known is one that could not be read yet.
            return read is TokenReading.Invalid ? new LoginProof.Nothing() : new LoginProof.Away();

        var wrongClaim =
            !Is("nonce", nonce) ? "nonce"
            : claims.ContainsKey("azp") && !Is("azp", login.Value.ClientId!) ? "azp"
            : claims.GetValueOrDefault("sub") is not string { Length: > 0 } ? "sub"
            : claims.GetValueOrDefault("auth_time") is null ? "auth_time"
            : null;
        if (wrongClaim is not null)
        {
            LogInvalid(wrongClaim, null);
            return new LoginProof.Nothing();
        }

        var at = DateTimeOffset.FromUnixTimeSeconds(Convert.ToInt64(claims["auth_time"], CultureInfo.InvariantCulture));
        return new LoginProof.Given(new DirectoryLogin(new PersonId((string)claims["sub"]), at, claims.GetValueOrDefault("acr")?.ToString()));

        bool Is(string claim, string value) => claims.GetValueOrDefault(claim) is string told && BrowserSecret.Same(told, value);
    }

    [LoggerMessage(1, LogLevel.Warning, "A login could not be finished: Keycloak does not answer ({Trouble}).")]
    private partial void LogAway(string trouble);

    [LoggerMessage(2, LogLevel.Warning, "A login was not accepted by Keycloak's token endpoint: {Status} {Error}.")]
    private partial void LogRefused(int status, string error);

    [LoggerMessage(3, LogLevel.Warning, "An ID token proves nothing: {Wrong} (issuer {Issuer}). Keycloak:PublicUrl must be what the realm calls its issuer.")]
    private partial void LogInvalid(string wrong, string? issuer);
}

/// <summary>What the exchange of a code brought.</summary>
internal abstract record LoginProof
{
    private protected LoginProof()
    {
    }

    public sealed record Given(DirectoryLogin Login) : LoginProof;

    public sealed record Nothing : LoginProof;

    public sealed record Away : LoginProof;
}
