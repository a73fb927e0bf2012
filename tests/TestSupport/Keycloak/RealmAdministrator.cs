using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatGovernance.TestSupport.Keycloak;

/// <summary>The server's administrator: a second client of the Admin REST API that shares nothing with the bot's.</summary>
public sealed class RealmAdministrator(Uri server, string name, string password) : IDisposable
{
    /// <summary>Keycloak's lives 60 s. Each costs the server a password's hash, more than all else that tests ask of it.</summary>
    private static readonly TimeSpan tokenUsed = TimeSpan.FromSeconds(30);

    private Token? last;

    // Loopback or the machine's own test server: neither proxies nor redirects.
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = server };

    /// <summary>Sends; anything but a success throws with what was answered.</summary>
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
        if (last is { } known && known.Age.Elapsed < tokenUsed)
        {
            var response = await Answer(method, path, body, known, ct);
            if (response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
                return response;
            // It may be of a server that has started anew, or older than the right to what is asked for.
            response.Dispose();
        }

        return await Answer(method, path, body, last = await NewToken(ct), ct);
    }

    private async Task<HttpResponseMessage> Answer(HttpMethod method, string path, JsonNode? body, Token token, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path.TrimStart('/'));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await http.SendAsync(request, ct);
    }

    private async Task<Token> NewToken(CancellationToken ct)
    {
        var age = Stopwatch.StartNew();
        using var form = new FormUrlEncodedContent([new("grant_type", "password"), new("client_id", "admin-cli"), new("username", name), new("password", password)]);
        using var response = await http.PostAsync(new Uri("realms/master/protocol/openid-connect/token", UriKind.Relative), form, ct);
        response.EnsureSuccessStatusCode();
        return new Token((string)JsonNode.Parse(await response.Content.ReadAsStringAsync(ct))!["access_token"]!, age);
    }

    private sealed record Token(string Value, Stopwatch Age);

    public void Dispose() => http.Dispose();
}
