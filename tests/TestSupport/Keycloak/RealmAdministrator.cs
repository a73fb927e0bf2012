using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatGovernance.TestSupport.Keycloak;

/// <summary>The server's administrator: a second client of the Admin REST API that shares nothing with the bot's.</summary>
public sealed class RealmAdministrator(Uri server, string name, string password) : IDisposable
{
    // Loopback or the machine's own test server: neither proxies nor redirects.
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = server };

    /// <summary>Sends; anything but a success throws with what was answered. A new token each time: they live 60 s.</summary>
    public async Task<JsonNode?> Send(HttpMethod method, string path, JsonNode? body, CancellationToken ct)
    {
        using var response = await Answer(method, path, body, ct);
        string text = await response.Content.ReadAsStringAsync(ct);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{method} {path} was answered {(int)response.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    public Task<JsonNode?> Get(string path, CancellationToken ct) => Send(HttpMethod.Get, path, null, ct);

    /// <summary>Whether it exists.</summary>
    public async Task<bool> Has(string path, CancellationToken ct)
    {
        using var response = await Answer(HttpMethod.Get, path, null, ct);
        return response.StatusCode != HttpStatusCode.NotFound;
    }

    private async Task<HttpResponseMessage> Answer(HttpMethod method, string path, JsonNode? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path.TrimStart('/'));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Token(ct));
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await http.SendAsync(request, ct);
    }

    private async Task<string> Token(CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "password"), new("client_id", "admin-cli"), new("username", name), new("password", password)]);
        using var response = await http.PostAsync(new Uri("realms/master/protocol/openid-connect/token", UriKind.Relative), form, ct);
        response.EnsureSuccessStatusCode();
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(ct))!["access_token"]!;
    }

    public void Dispose() => http.Dispose();
}
