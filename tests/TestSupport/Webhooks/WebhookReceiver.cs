using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatGovernance.TestSupport.Webhooks;

/// <summary>Where a webhook leads: it keeps what it is sent, and answers as it is told.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<ReceivedWebhook> tried = [];

    private WebhookReceiver(WebApplication app) => this.app = app;

    public Uri Url => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/events");

    public Func<ReceivedWebhook, WebhookAnswer> Answers { get; set; } = _ => new WebhookAnswer(204);

    /// <summary>While it is set, nothing is answered before it is over.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    /// <summary>Every try, in order.</summary>
    public IReadOnlyList<ReceivedWebhook> Tried => [.. tried];

    /// <summary>What was answered with 2xx, in order.</summary>
    public IReadOnlyList<ReceivedWebhook> Taken => [.. tried.Where(sent => sent.Answer?.Status is >= 200 and < 300)];

    public static async Task<WebhookReceiver> Start(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new WebhookReceiver(builder.Build());
        receiver.app.Run(receiver.Receive);
        await receiver.app.StartAsync(ct);
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await app.StopAsync(soon.Token);
        }
        catch (OperationCanceledException)
        {
            // Who still waits for an answer gets none.
        }

        await app.DisposeAsync();
    }

    private async Task Receive(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var sent = new ReceivedWebhook(context.Request.Method, context.Request.Path, headers, body.ToArray());
        var answer = Answers(sent);
        tried.Enqueue(sent with { Answer = answer });
        await Held.WaitAsync(context.RequestAborted);
        if (answer.Status is not { } status)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        if (answer.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = wait;
        if (answer.Location is { } elsewhere)
            context.Response.Headers.Location = elsewhere;
        while (answer.Endless)
            await context.Response.Body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
    }
}

/// <param name="Status">Null: it hangs up without an answer.</param>
/// <param name="Endless">Its body has no end.</param>
public sealed record WebhookAnswer(int? Status, string? RetryAfter = null, string? Location = null, bool Endless = false);
