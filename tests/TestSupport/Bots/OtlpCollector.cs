using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>
/// Takes what is exported by OTLP over HTTP, and reads as much of it as tests ask for
/// (https://github.com/open-telemetry/opentelemetry-proto, the fields' numbers are in its files).
/// </summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> received = [];
    private readonly WebApplication app;

    private OtlpCollector(WebApplication app) => this.app = app;

    public Uri Url { get; private set; } = null!;

    /// <summary>Every byte that came, as text where it is text.</summary>
    public string Everything => string.Join('\n', received.Select(export => System.Text.Encoding.UTF8.GetString(export.Body)));

    public IReadOnlyList<ExportedSpan> Spans => [.. Scopes("traces").SelectMany(scope => scope.Messages(2)).Select(span => new ExportedSpan(
        span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), [.. span.Messages(11).Select(point => point.Text(2))]))];

    public IReadOnlySet<string> Metrics => Scopes("metrics").SelectMany(scope => scope.Messages(2)).Select(metric => metric.Text(1)).ToHashSet();

    /// <summary>Trace ids of log lines; empty for a line outside of any trace.</summary>
    public IReadOnlyList<(string Text, string Trace)> Logs =>
        [.. Scopes("logs").SelectMany(scope => scope.Messages(2)).Select(line => (line.Messages(5).Single().Text(1), line.Hex(9)))];

    public static async Task<OtlpCollector> Start(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var collector = new OtlpCollector(app);
        app.MapPost("/v1/{signal}", collector.Take);
        await app.StartAsync(ct);
        collector.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        return collector;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Resource (field 1) over scope (field 2), the same for every signal.</summary>
    private IEnumerable<ProtobufMessage> Scopes(string signal) => received.Where(export => export.Signal == signal)
        .SelectMany(export => new ProtobufMessage(export.Body).Messages(1)).SelectMany(resource => resource.Messages(2));

    private async Task<IResult> Take(HttpRequest request, string signal)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        received.Enqueue((signal, body.ToArray()));
        return Results.Bytes([], "application/x-protobuf");
    }
}

/// <param name="Parent">Empty: it begins the trace.</param>
/// <param name="Events">What was marked in it, in order.</param>
public sealed record ExportedSpan(string Trace, string Id, string Parent, string Name, IReadOnlyList<string> Events);
