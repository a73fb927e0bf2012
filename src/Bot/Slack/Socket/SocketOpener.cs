using System.Net.WebSockets;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Slack.WebApi;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Slack.Socket;

/// <summary>Opens connections: asks Slack for an address, connects, and waits to be greeted.</summary>
internal sealed partial class SocketOpener(
    SlackCaller slack, IOptions<SlackOptions> options, EnvelopeTaker taker, SlackMetrics counted, SocketMetrics metrics, SocketState state, SocketTimes times, TimeProvider time, ILogger<SocketOpener> log)
    : IDisposable
{
    // The address carries a ticket: it is neither traced nor followed elsewhere.
    private readonly HttpMessageInvoker connections = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null });

    public async Task<Opened> Open(CancellationToken ct)
    {
        var result = await slack.Call(ApiMethod.OpenConnection, null, (api, stop) => api.OpenConnection($"Bearer {options.Value.AppToken}", stop), ct);
        return result switch
        {
            ApiResult<ConnectionAnswer>.Done { Answer.Url: { } url } when Address(url) is { } address => await Connect(address, ct),
            ApiResult<ConnectionAnswer>.Done => NoAddress(),
            ApiResult<ConnectionAnswer>.TooMany tooMany => new Opened.Failed(tooMany.Wait),
            ApiResult<ConnectionAnswer>.Refused refused => new Opened.Failed(SlackErrors.Of(refused.Code) is ErrorMeaning.Busy or ErrorMeaning.Unsure ? SlackErrors.BusyWait : SlackErrors.CredentialsWait),
            _ => new Opened.Failed(TimeSpan.Zero),
        };
    }

    public void Dispose() => connections.Dispose();

    /// <summary>Null: nothing that an app should connect to. Without TLS only this machine will do.</summary>
    internal static Uri? Address(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeWss || (address.Scheme == Uri.UriSchemeWs && address.IsLoopback)) ? address : null;

    private async Task<Opened> Connect(Uri address, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(times.GreetedWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        var client = new ClientWebSocket();
        client.Options.KeepAliveInterval = times.PingEvery;
        client.Options.KeepAliveTimeout = times.PongWithin;
        SlackSocket? socket = null;
        try
        {
            await client.ConnectAsync(address, connections, either.Token);
            socket = new SlackSocket(client, taker, counted, metrics, state, times, time, log);
            socket.Start();
            await socket.Greeted.WaitAsync(either.Token);
            return new Opened.Done(socket);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or HttpRequestException)
        {
            client.Abort();
            await (socket?.Ended ?? Task.CompletedTask);
            client.Dispose();
            ct.ThrowIfCancellationRequested();
            LogNotOpened(e is WebSocketException web ? web.WebSocketErrorCode.ToString() : "no greeting in time");
            return new Opened.Failed(TimeSpan.Zero);
        }
    }

    private Opened.Failed NoAddress()
    {
        LogNoAddress();
        return new Opened.Failed(SlackErrors.CredentialsWait);
    }

    [LoggerMessage(1, LogLevel.Warning, "A connection of Socket Mode did not come about: {Why}.")]
    private partial void LogNotOpened(string why);

    [LoggerMessage(2, LogLevel.Error, "Slack's apps.connections.open named no address of the wss scheme.")]
    private partial void LogNoAddress();
}

/// <summary>What came of opening a connection.</summary>
internal abstract record Opened
{
    private protected Opened()
    {
    }

    public sealed record Done(SlackSocket Socket) : Opened;

    /// <param name="Wait">The next try comes no sooner.</param>
    public sealed record Failed(TimeSpan Wait) : Opened;
}
