using System.Text.Json.Nodes;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.EndToEnd.Tests.Provider;

/// <summary>What the token endpoint says to a direct grant; a client's secret is its name.</summary>
internal static class Tokens
{
    /// <returns>Null: a token came.</returns>
    public static async Task<string?> Error(TestRealm realm, string client, string username, string password, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["client_id"] = client,
            ["client_secret"] = client,
            ["username"] = username,
            ["password"] = password,
        });
        using var answer = await http.PostAsync(new Uri(realm.Server, $"realms/{realm.Name}/protocol/openid-connect/token"), form, ct);
        return (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct))!["error"];
    }
}
