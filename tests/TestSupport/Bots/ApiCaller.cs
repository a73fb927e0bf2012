using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>Calls the REST API as a program of somebody else's would: a client that shares nothing with the bot.</summary>
/// <param name="token">Null: none.</param>
/// <param name="id">The caller's user id.</param>
public sealed class ApiCaller(Uri bot, string? token, string id) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 128 }) { BaseAddress = bot };

    public string Id => id;

    public Task<ApiAnswer> Get(string path, CancellationToken ct, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, ct, headers);

    public Task<ApiAnswer> Post(string path, JsonNode? body, CancellationToken ct, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), ct, headers);

    public async Task<ApiAnswer> Send(HttpMethod method, string path, HttpContent? content, CancellationToken ct, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request, ct);
        var body = await response.Content.ReadAsStringAsync(ct);
        return new ApiAnswer(response.StatusCode, body, response.Content.Headers.ContentType?.MediaType)
        {
            Location = response.Headers.Location?.OriginalString,
            ETag = response.Headers.ETag?.Tag,
            RetryAfter = response.Headers.RetryAfter?.Delta,
            Challenge = response.Headers.WwwAuthenticate.ToString(),
            Allowed = response.Headers.Contains("Access-Control-Allow-Origin"),
        };
    }

    public void Dispose() => http.Dispose();
}

/// <param name="ContentType">Null: there is no body.</param>
public sealed record ApiAnswer(HttpStatusCode Status, string Body, string? ContentType)
{
    public string? Location { get; init; }

    public string? ETag { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public string Challenge { get; init; } = "";

    /// <summary>Another origin's page may read it.</summary>
    public bool Allowed { get; init; }

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string? this[string member] => (string?)Json[member];

    /// <summary>The last part of a problem's type; null: it is no problem.</summary>
    public string? Problem => ContentType == "application/problem+json" ? ((string)Json["type"]!).Split(':')[^1] : null;
}
