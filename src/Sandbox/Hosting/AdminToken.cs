using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Hosting;

/// <summary>Tokens by the password of a server administrator, or by a client's secret; nothing of the bot's code.</summary>
internal static class AdminToken
{
    public static Task<string> ByPassword(HttpClient http, Uri keycloak, string name, string password, CancellationToken ct) =>
        Get(http, keycloak, "master", [new("grant_type", "password"), new("client_id", "admin-cli"), new("username", name), new("password", password)], ct);

    public static Task<string> BySecret(HttpClient http, Uri keycloak, string realm, string client, string secret, CancellationToken ct) =>
        Get(http, keycloak, realm, [new("grant_type", "client_credentials"), new("client_id", client), new("client_secret", secret)], ct);

    /// <summary>An address below the server's base URL, which may have a path.</summary>
    public static Uri At(Uri keycloak, string path) => new($"{keycloak.ToString().TrimEnd('/')}/{path}");

    private static async Task<string> Get(HttpClient http, Uri keycloak, string realm, KeyValuePair<string, string>[] form, CancellationToken ct)
    {
        using var content = new FormUrlEncodedContent(form);
        using HttpResponseMessage answer = await http.PostAsync(At(keycloak, $"realms/{Uri.EscapeDataString(realm)}/protocol/openid-connect/token"), content, ct);
        if (!answer.IsSuccessStatusCode) throw new SandboxException($"Keycloak at {keycloak} gives no token in the realm {realm}: {(int)answer.StatusCode}.");
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(ct))!["access_token"]!.GetValue<string>();
    }
}
