using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>
/// The service account's access token (client_credentials, no refresh token): kept, renewed before it expires,
/// and asked for once however many calls wait for it.
/// </summary>
internal sealed class KeycloakTokens(IHttpClientFactory clients, IOptions<KeycloakOptions> options, TimeProvider time)
{
    public const string HttpClientName = "keycloak-token";

    /// <summary>Renewed this long before its end, or a fifth of its life before, whichever is shorter.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(30);

    internal static readonly HttpRequestOptionsKey<bool> IsTokenRequest = new("keycloak-token-request");

    private readonly Lock gate = new();
    private AccessToken? current;
    private Task<AccessToken>? inFlight;

    public string ClientId => options.Value.ClientId!;

    public Task<AccessToken> Get(CancellationToken ct)
    {
        lock (gate)
        {
            if (current is { } token && time.GetUtcNow() < token.RenewAt)
                return Task.FromResult(token);
            // Not the caller's cancellation: others wait for the same answer. The call bounds itself in time.
            if (inFlight is null or { IsCompleted: true })
                inFlight = Task.Run(Fetch, CancellationToken.None);
            return inFlight.WaitAsync(ct);
        }
    }

    /// <summary>Forgets a token that Keycloak turned away, unless another call has already replaced it.</summary>
    public void Discard(AccessToken token)
    {
        lock (gate)
        {
            if (ReferenceEquals(current, token))
                current = null;
        }
    }

    private async Task<AccessToken> Fetch()
    {
        var settings = options.Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.TokenUrl)
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "client_credentials"),
                new("client_id", settings.ClientId!),
                new("client_secret", settings.ClientSecret!),
            ]),
        };
        request.Options.Set(IsTokenRequest, true);
        var askedAt = time.GetUtcNow();
        var row = await Ask(request);
        var life = TimeSpan.FromSeconds(Math.Clamp(row.ExpiresIn, 1, 86_400));
        var ahead = life / 5 < Ahead ? life / 5 : Ahead;
        var token = new AccessToken(row.AccessToken, askedAt + life - ahead);
        lock (gate)
            current = token;
        return token;
    }

    private async Task<TokenRow> Ask(HttpRequestMessage request)
    {
        try
        {
            using var client = clients.CreateClient(HttpClientName);
            using var response = await client.SendAsync(request, CancellationToken.None);
            string body = await response.Content.ReadAsStringAsync(CancellationToken.None);
            return JsonSerializer.Deserialize(body, KeycloakJson.Default.TokenRow)
                ?? throw new KeycloakException(KeycloakFailure.Unreadable, (int)response.StatusCode);
        }
        catch (JsonException e)
        {
            throw new KeycloakException(KeycloakFailure.Unreadable, 200, inner: e);
        }
        catch (KeycloakException e) when (e.Failure is KeycloakFailure.NotFound or KeycloakFailure.Rejected or KeycloakFailure.Forbidden)
        {
            // "Realm does not exist", "unsupported grant", …: no token. Never to be taken for the absence of what was asked about.
            throw new KeycloakException(KeycloakFailure.Unauthorized, e.Status, e.Error, e.RetryAfter, e);
        }
    }
}
