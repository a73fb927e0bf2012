using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatGovernance.TestSupport.Keycloak;

/// <summary>
/// Where Keycloak asks people on their phones whether it is they who log in (the HTTP authentication channel of its client-initiated
/// backchannel authentication).
/// </summary>
public sealed class Phones : IAsyncDisposable
{
    private static readonly Lazy<Task<Phones>> Everybodys = new(Start);

    private readonly ConcurrentDictionary<string, string> asked = [];
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly WebApplication app;

    private Phones(WebApplication app) => this.app = app;

    /// <summary>One for every server of the process: it ends with it.</summary>
    public static Task<Phones> GetAsync() => Everybodys.Value;

    public Uri Url => new(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    /// <summary>The one who has been asked says yes. Keycloak knows its own question once its answer to the application is there.</summary>
    public async Task SayYes(string username, CancellationToken ct)
    {
        var token = asked[username];
        using var answer = new HttpRequestMessage(HttpMethod.Post, $"{Issuer(token)}/protocol/openid-connect/ext/ciba/auth/callback") { Content = JsonContent.Create(new { status = "SUCCEED" }) };
        answer.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(answer, ct);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    private static async Task<Phones> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var phones = new Phones(builder.Build());
        phones.app.MapPost("/", phones.Ask);
        await phones.app.StartAsync();
        return phones;
    }

    private async Task Ask(HttpContext context)
    {
        var question = await JsonNode.ParseAsync(context.Request.Body);
        asked[(string)question!["login_hint"]!] = AuthenticationHeaderValue.Parse(context.Request.Headers.Authorization.ToString()).Parameter!;
        context.Response.StatusCode = StatusCodes.Status201Created;
    }

    private static string Issuer(string token)
    {
        var payload = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return (string)JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '='))))!["iss"]!;
    }
}
