using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Keycloak.Setup;

/// <summary>An administrator's token, taken anew before it ends where the password is known. Nothing of it is logged.</summary>
internal sealed class AdministratorSession(IHttpClientFactory clients, IOptions<KeycloakOptions> options, TimeProvider time) : IDisposable
{
    public const string HttpClientName = "keycloak-administrator";

    /// <summary>Keycloak's own client for programs that administer.</summary>
    private const string AdminClient = "admin-cli";

    private readonly SemaphoreSlim one = new(1);
    private AdministratorCredentials? credentials;
    private AccessToken? token;

    public void Use(AdministratorCredentials by) => (credentials, token) = (by, null);

    public async Task<string> Token(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            switch (credentials)
            {
                case AdministratorCredentials.Token given:
                    return given.Value;
                case AdministratorCredentials.Password password:
                    if (token is null || time.GetUtcNow() >= token.RenewAt)
                        token = await LogIn(password, ct);
                    return token.Value;
                default:
                    throw new KeycloakException(KeycloakFailure.Unauthorized);
            }
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<AccessToken> LogIn(AdministratorCredentials.Password password, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.TokenUrlOf(password.Realm))
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "password"),
                new("client_id", AdminClient),
                new("username", password.User),
                new("password", password.Secret),
            ]),
        };
        request.Options.Set(KeycloakTokens.IsTokenRequest, true);
        using var client = clients.CreateClient(KeycloakTokens.HttpClientName);
        var askedAt = time.GetUtcNow();
        using var response = await client.SendAsync(request, ct);
        try
        {
            var row = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(ct), KeycloakJson.Default.TokenRow)
                ?? throw new KeycloakException(KeycloakFailure.Unreadable, (int)response.StatusCode);
            return new AccessToken(row.AccessToken, askedAt + (TimeSpan.FromSeconds(Math.Clamp(row.ExpiresIn, 1, 3600)) / 2));
        }
        catch (JsonException e)
        {
            throw new KeycloakException(KeycloakFailure.Unreadable, (int)response.StatusCode, inner: e);
        }
    }
}

internal sealed class AdministratorAuthentication(AdministratorSession session) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await session.Token(cancellationToken));
        return await base.SendAsync(request, cancellationToken);
    }
}
