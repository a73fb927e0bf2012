using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
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

namespace ChatGovernance.EndToEnd.Tests.Provider;

/// <summary>Where a webhook leads: it keeps what it is sent, answers as it is told, and sends it on to the bot where it stands in front of one.</summary>
public sealed class EventReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly ConcurrentQueue<SentEvent> tried = [];

    private EventReceiver(WebApplication app) => this.app = app;

    public Uri Url => new(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First() + "/keycloak/events");

    /// <summary>Null: it hangs up without an answer.</summary>
    public HttpStatusCode? Answers { get; set; } = HttpStatusCode.NoContent;

    /// <summary>What it answers 400 to.</summary>
    public Func<string, bool> Refuses { get; set; } = _ => false;

    /// <summary>The bot's address, where it passes on what it is sent.</summary>
    public Func<Uri?> PassesOnTo { get; set; } = () => null;

    /// <summary>Every try, in order.</summary>
    public IReadOnlyList<SentEvent> Tried => [.. tried];

    /// <summary>What was answered with 2xx.</summary>
    public IReadOnlyList<SentEvent> Taken => [.. tried.Where(sent => sent.Answer is { } answer && (int)answer is >= 200 and < 300)];

    public static async Task<EventReceiver> Start(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new EventReceiver(builder.Build());
        receiver.app.MapPost("/keycloak/events", receiver.Receive);
        await receiver.app.StartAsync(ct);
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    private async Task Receive(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var headers = context.Request.Headers;
        var answer = Refuses(body) ? HttpStatusCode.BadRequest : Answers;
        if (answer is not null && PassesOnTo() is { } bot)
            answer = await PassOn(new Uri(bot, "/keycloak/events"), headers, body, context.RequestAborted);
        tried.Enqueue(new SentEvent(headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(), body, answer));
        if (answer is { } status)
            context.Response.StatusCode = (int)status;
        else
            context.Abort();
    }

    private async Task<HttpStatusCode?> PassOn(Uri bot, IHeaderDictionary headers, string body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, bot) { Content = new StringContent(body, Encoding.UTF8, "application/cloudevents+json") };
        foreach (var name in (string[])["webhook-id", "webhook-timestamp", "webhook-signature"])
            request.Headers.Add(name, headers[name].ToString());
        try
        {
            using var response = await http.SendAsync(request, ct);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}

/// <param name="Answer">Null: none.</param>
public sealed record SentEvent(string Id, string Timestamp, string Signature, string Body, HttpStatusCode? Answer)
{
    public JsonNode Event => JsonNode.Parse(Body)!;

    public string Type => (string)Event["type"]!;

    /// <summary>Written down anew, so that neither side's code vouches for itself.</summary>
    public bool IsSignedWith(string secret)
    {
        var signed = Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}");
        var mac = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
        return Signature.Split(' ').Contains(mac) && Math.Abs(long.Parse(Timestamp, CultureInfo.InvariantCulture) - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()) < 3600;
    }
}
