using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.Sockets;

/// <summary>A connection that the app has opened, and what can be done to it.</summary>
public sealed class SlackSocket : IDisposable
{
    /// <summary>How long after its word Slack ends a connection (https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect).</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromSeconds(10);

    private readonly WebSocket _socket;
    private readonly WorkspaceState _state;
    private readonly Action _abort;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SlackSocket(WebSocket socket, WorkspaceState state, int number, Action abort) => (_socket, _state, Number, _abort) = (socket, state, number, abort);

    /// <summary>From 1, in order of opening.</summary>
    public int Number { get; }

    /// <summary>Ends when the connection has.</summary>
    public Task Ended => _ended.Task;

    /// <summary>How the app closed it; nothing while it has not, or where it broke.</summary>
    public bool ClosedByApp { get; private set; }

    /// <summary>Says that it will end (<c>warning</c>, <c>refresh_requested</c>, <c>link_disabled</c>), and ends it ten seconds of the workspace's clock later.</summary>
    public async Task Disconnects(string reason)
    {
        await Sends(new JsonObject { ["type"] = "disconnect", ["reason"] = reason, ["debug_info"] = new JsonObject { ["host"] = "applink-sandbox" } }.ToJsonString());
        _ = CloseLater();
    }

    /// <summary>Ends it in order, without a word before.</summary>
    public Task Closes() => Send(ct => _socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, ct));

    /// <summary>Breaks it off, as a network does.</summary>
    public void Drops()
    {
        try
        {
            _abort();
        }
        catch (ObjectDisposedException)
        {
            // The call that it came by is over: so is the connection.
        }
    }

    /// <summary>Sends a text as it is.</summary>
    public Task Sends(string text) => Send(ct => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, ct));

    /// <summary>Sends bytes that are no text.</summary>
    public Task SendsBytes(byte[] bytes) => Send(ct => _socket.SendAsync(bytes, WebSocketMessageType.Binary, true, ct));

    /// <summary>It has ended.</summary>
    public void Dispose() => _ended.TrySetResult();

    /// <summary>Reads acknowledgements until it ends.</summary>
    internal async Task Run(Action<JsonObject> acknowledged, CancellationToken ct)
    {
        try
        {
            while (await Next(ct) is { } text)
                if (Parse(text) is { } ack) acknowledged(ack);
            await Send(stop => _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stop));
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // Broken: it has ended as well.
        }
    }


    private async Task<string?> Next(CancellationToken ct)
    {
        byte[] buffer = new byte[16 * 1024];
        using var read = new MemoryStream();
        while (true)
        {
            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(), ct);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                ClosedByApp = _socket.State == WebSocketState.CloseReceived;
                return null;
            }
            read.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return Encoding.UTF8.GetString(read.ToArray());
        }
    }

    private async Task CloseLater()
    {
        await Ended.WaitAsync(Notice, _state.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!Ended.IsCompleted) await Closes();
    }

    private async Task Send(Func<CancellationToken, Task> send)
    {
        await _sending.WaitAsync();
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await send(CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Whoever reads it learns that it has ended.
        }
        finally
        {
            _sending.Release();
        }
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
