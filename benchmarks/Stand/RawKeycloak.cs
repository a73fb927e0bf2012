using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.Benchmarks.Stand;

/// <summary>Calls of the bot's client with nothing around them.</summary>
/// <param name="server">Base URL, or a proxy of it.</param>
internal sealed class RawKeycloak(TestRealm realm, Uri server) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = server };

    /// <summary>A new token; it lives five minutes.</summary>
    public async Task Authenticate(CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "chat-governance"), new("client_secret", "bot-secret")]);
        using var answer = await http.PostAsync(new Uri($"realms/{realm.Name}/protocol/openid-connect/token", UriKind.Relative), form, ct);
        answer.EnsureSuccessStatusCode();
        var token = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct))!["access_token"]!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Sends it and reads the whole answer.</summary>
    /// <exception cref="HttpRequestException">It was answered something else than a success.</exception>
    public async Task Call(string method, string pathAndQuery, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(pathAndQuery.TrimStart('/'), UriKind.Relative));
        using var answer = await http.SendAsync(request, ct);
        await answer.Content.ReadAsByteArrayAsync(ct);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => http.Dispose();
}
