using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>Stands between the bot and a real Keycloak, and can keep it from answering. What passes, passes unchanged.</summary>
public sealed class KeycloakProxy : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly List<ProxyFault> faults = [];
    private readonly List<ProxiedCall> calls = [];
    private readonly WebApplication app;
    private readonly Uri server;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    private KeycloakProxy(WebApplication app, Uri server) => (this.app, this.server) = (app, server);

    /// <summary>What the bot takes for the server's base URL.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Calls so far, in order of their answers.</summary>
    public IReadOnlyList<ProxiedCall> Calls
    {
        get
        {
            lock (gate)
                return [.. calls];
        }
    }

    /// <param name="server">Base URL, with a slash at its end.</param>
    public static async Task<KeycloakProxy> Start(Uri server, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var proxy = new KeycloakProxy(app, server);
        app.Run(proxy.Handle);
        await app.StartAsync(ct);
        proxy.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        return proxy;
    }

    /// <summary>From now on calls that fit (all, where nothing is said) meet this; the newest fault first. Disposing of it ends it.</summary>
    public ProxyFault Set(ProxyEffect effect, Func<HttpRequest, bool>? fits = null)
    {
        var fault = new ProxyFault(this, effect, fits ?? (_ => true));
        lock (gate)
            faults.Insert(0, fault);
        return fault;
    }

    public async ValueTask DisposeAsync()
    {
        ProxyFault[] all;
        lock (gate)
            all = [.. faults];
        foreach (var fault in all)
            fault.Dispose();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await app.StopAsync(soon.Token);
        }
        catch (OperationCanceledException)
        {
            // What is still on its way ends with the server.
        }

        await app.DisposeAsync();
        http.Dispose();
    }

    internal void Remove(ProxyFault fault)
    {
        lock (gate)
            faults.Remove(fault);
    }

    private async Task Handle(HttpContext context)
    {
        ProxyFault? fault;
        lock (gate)
            fault = faults.Find(f => f.Fits(context.Request));
        try
        {
            switch (fault?.Meet())
            {
                case ProxyEffect.Drop:
                    context.Abort();
                    break;
                case ProxyEffect.Answer answer:
                    context.Response.StatusCode = answer.Status;
                    context.Response.ContentType = answer.ContentType;
                    await context.Response.WriteAsync(answer.Body, context.RequestAborted);
                    break;
                case ProxyEffect.Delay delay:
                    await Task.Delay(delay.By, TimeProvider.System, context.RequestAborted);
                    await Answer(context, await Forward(context));
                    break;
                case ProxyEffect.Hold:
                    await fault.Released.WaitAsync(context.RequestAborted);
                    await Answer(context, await Forward(context));
                    break;
                case ProxyEffect.LoseAnswer:
                    await Forward(context);
                    fault.WasDone();
                    context.Abort();
                    break;
                case ProxyEffect.HoldAnswer:
                    var held = await Forward(context);
                    fault.WasDone();
                    await fault.Released.WaitAsync(context.RequestAborted);
                    await Answer(context, held);
                    break;
                default:
                    await Answer(context, await Forward(context));
                    break;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
            context.Abort(); // the caller is gone, or the server is: to the caller both are a broken connection
        }
    }

    private async Task<(int Status, string? ContentType, byte[] Body)> Forward(HttpContext context)
    {
        var request = context.Request;
        var path = request.Path.ToUriComponent();
        using var outgoing = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(server, path.TrimStart('/') + request.QueryString.ToUriComponent()));
        if (request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0)
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, context.RequestAborted);
            outgoing.Content = new ByteArrayContent(body.ToArray());
            outgoing.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        foreach (var name in (string[])["Authorization", "Accept"])
            outgoing.Headers.TryAddWithoutValidation(name, request.Headers[name].AsEnumerable());

        // A change that was sent is made, whoever gives up waiting for it.
        using var response = await http.SendAsync(outgoing, CancellationToken.None);
        var content = await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
        lock (gate)
            calls.Add(new ProxiedCall(request.Method, path, request.QueryString.ToUriComponent(), (int)response.StatusCode));
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), content);
    }

    private static async Task Answer(HttpContext context, (int Status, string? ContentType, byte[] Body) answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        if (answer.Body.Length > 0)
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}

/// <summary>A call that reached Keycloak, and the status of its answer.</summary>
/// <param name="Query">With its question mark; empty where there is none.</param>
public sealed record ProxiedCall(string Method, string Path, string Query, int Status)
{
    /// <summary>Neither a read nor a request for a token.</summary>
    public bool IsChange => Method != HttpMethod.Get.Method && !Path.EndsWith("/token", StringComparison.Ordinal);
}
