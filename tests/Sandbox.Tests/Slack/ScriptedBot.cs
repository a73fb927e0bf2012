using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatGovernance.Sandbox.Tests.Slack;

/// <summary>What the bot was sent: a command's form, or a payload.</summary>
public sealed record Received(string Path, IReadOnlyDictionary<string, string> Form, JsonObject Payload, IReadOnlyDictionary<string, string> Headers);

/// <summary>An app that checks every signature, keeps what it got and answers what a test tells it to.</summary>
public sealed class ScriptedBot : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SlackWorkspace _workspace;
    private readonly HttpClient _http;

    private ScriptedBot(WebApplication app, SlackWorkspace workspace)
    {
        (_app, _workspace) = (app, workspace);
        _http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = workspace.ApiUrl };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", workspace.BotToken);
    }

    /// <summary>What it answers; empty 200 unless a test sets it.</summary>
    public Func<Received, Task<IResult>> Answers { get; set; } = _ => Task.FromResult(Results.Ok());

    public ConcurrentQueue<Received> Inbox { get; } = new();

    public static async Task<ScriptedBot> StartAsync(SlackWorkspace workspace, CancellationToken ct)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        var bot = new ScriptedBot(app, workspace);
        app.MapPost("/slack/{kind}", (Delegate)bot.Handle);
        await app.StartAsync(ct);
        workspace.BotUrl = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return bot;
    }

    public async Task<JsonObject> Api(string method, JsonObject arguments)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync(method, arguments);
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<IResult> Handle(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        string body = await reader.ReadToEndAsync();
        if (!IsSigned(context.Request, body)) return Results.Unauthorized();
        Dictionary<string, string> form = context.Request.HasJsonContentType()
            ? []
            : QueryHelpers.ParseQuery(body).ToDictionary(f => f.Key, f => f.Value.ToString());
        string payload = context.Request.HasJsonContentType() ? body : form.GetValueOrDefault("payload", "{}");
        var received = new Received(context.Request.Path, form, (JsonObject)JsonNode.Parse(payload)!, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()));
        Inbox.Enqueue(received);
        return await Answers(received);
    }

    private bool IsSigned(HttpRequest request, string body)
    {
        string signed = $"v0:{request.Headers["X-Slack-Request-Timestamp"]}:{body}";
        byte[] hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(_workspace.SigningSecret), Encoding.UTF8.GetBytes(signed));
        return request.Headers["X-Slack-Signature"] == "v0=" + Convert.ToHexStringLower(hash);
    }
}
