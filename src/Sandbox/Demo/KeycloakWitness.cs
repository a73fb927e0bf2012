using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.Sandbox.Realm;

namespace ChatGovernance.Sandbox.Demo;

/// <summary>Looks into Keycloak by itself: a second client, with credentials of its own where there are any, and none of the bot's code.</summary>
internal sealed class KeycloakWitness(Uri keycloak, SandboxSettings settings) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler());

    /// <summary>As whom it looks.</summary>
    public string Account => settings.Keycloak is null ? $"administrator {SandboxRealm.Administrator}" : settings.Admin is { } admin ? $"administrator {admin}" : $"client {settings.ClientId}";

    /// <summary>Paths of the groups that this person is directly in.</summary>
    /// <exception cref="HttpRequestException">Keycloak refuses, or cannot be reached.</exception>
    public async Task<IReadOnlyList<string>> GroupsOf(string username, CancellationToken ct)
    {
        string token = await Token(ct);
        JsonArray users = await Get($"users?exact=true&username={Uri.EscapeDataString(username)}", token, ct);
        string id = users.Single()!["id"]!.GetValue<string>();
        JsonArray groups = await Get($"users/{id}/groups", token, ct);
        return [.. groups.Select(g => g!["path"]!.GetValue<string>()).Order(StringComparer.Ordinal)];
    }

    public void Dispose() => _http.Dispose();

    private Task<string> Token(CancellationToken ct) => settings switch
    {
        { Keycloak: null } => AdminToken.ByPassword(_http, keycloak, SandboxRealm.Administrator, SandboxRealm.AdministratorPassword, ct),
        { Admin: { } admin } => AdminToken.ByPassword(_http, keycloak, admin, settings.AdminPassword ?? "", ct),
        _ => AdminToken.BySecret(_http, keycloak, settings.Realm, settings.ClientId, settings.ClientSecret, ct),
    };

    private async Task<JsonArray> Get(string path, string token, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AdminToken.At(keycloak, $"admin/realms/{Uri.EscapeDataString(settings.Realm)}/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage answer = await _http.SendAsync(request, ct);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonArray>(ct))!;
    }
}
