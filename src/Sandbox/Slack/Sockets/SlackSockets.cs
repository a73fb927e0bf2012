using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.Sockets;

/// <summary>
/// Socket Mode as Slack has it (https://docs.slack.dev/apis/events-api/using-socket-mode): what people do goes to one of the app's
/// connections where the app has no URL, in an envelope that has to be acknowledged within 3 seconds.
/// </summary>
public sealed class SlackSockets
{
    /// <summary>An app has this many connections at most; same source.</summary>
    public const int Most = 10;

    // A ticket is for a connection that is made at once.
    private static readonly TimeSpan TicketLife = TimeSpan.FromSeconds(30);

    private readonly WorkspaceState _state;
    private readonly List<SlackSocket> _open = [];
    private readonly List<SocketAck> _acks = [];
    private readonly ConcurrentDictionary<(string Envelope, int Socket), TaskCompletionSource<BotAnswer>> _awaited = new();
    private int _opened;
    private int _turn;
    private int _lost;

    internal SlackSockets(WorkspaceState state) => _state = state;

    /// <summary>Connections that are open, the oldest first.</summary>
    public IReadOnlyList<SlackSocket> Open => _state.Read(_ => _open.ToArray());

    /// <summary>Acknowledgements so far, lost ones included.</summary>
    public IReadOnlyList<SocketAck> Acks => _state.Read(_ => _acks.ToArray());

    /// <summary>Set: connections that are opened from now on are greeted, and nothing is ever read from them.</summary>
    public bool Deaf { get; set; }

    /// <summary>Throws so many of the next acknowledgements away, as if they had been lost.</summary>
    public void LosesAcks(int times) => _lost = times;

    /// <summary>The open connections, once there are so many, and the newest is the given one or a later one.</summary>
    /// <exception cref="TimeoutException">There were not in time.</exception>
    public Task<SlackSocket[]> SeesOpen(int count, int newest = 0, CancellationToken ct = default) => _state.Until(
        _ => _open.Count == count && (count == 0 || _open[^1].Number >= newest) ? _open.ToArray() : null,
        SlackWorkspace.Patience, $"{count} open connections, the newest #{newest} or later", ct);

    /// <summary>An acknowledgement, once one came that fits.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public Task<SocketAck> SeesAck(Func<SocketAck, bool> fits, CancellationToken ct = default) =>
        _state.Until(_ => _acks.Find(a => fits(a)), SlackWorkspace.Patience, "an acknowledgement", ct);

    /// <summary>An envelope over one of the connections, in turn.</summary>
    internal Task<BotAnswer> Deliver(string type, JsonObject payload, bool takesAnswer, int retry, string? reason, CancellationToken ct)
    {
        SlackSocket[] open = _state.Read(_ => _open.ToArray());
        return open.Length == 0
            ? Task.FromResult<BotAnswer>(new BotAnswer.Unreachable())
            : Deliver(open[(Interlocked.Increment(ref _turn) & int.MaxValue) % open.Length], Payloads.Random(), type, payload, takesAnswer, ct, retry, reason);
    }

    /// <summary>An envelope over this connection, and what it is acknowledged with in time.</summary>
    internal async Task<BotAnswer> Deliver(
        SlackSocket socket, string id, string type, JsonObject payload, bool takesAnswer, CancellationToken ct, int retry = 0, string? reason = null)
    {
        var envelope = new JsonObject { ["envelope_id"] = id, ["type"] = type, ["accepts_response_payload"] = takesAnswer, ["payload"] = payload.DeepClone() };
        if (type == "events_api") (envelope["retry_attempt"], envelope["retry_reason"]) = (retry, reason ?? "");
        TaskCompletionSource<BotAnswer> answer = _awaited[(id, socket.Number)] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var tooLate = new CancellationTokenSource(BotClient.Patience, _state.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLate.Token, ct);
        try
        {
            await socket.Sends(envelope.ToJsonString());
            await Task.WhenAny(answer.Task, socket.Ended).WaitAsync(either.Token);
            return answer.Task.IsCompleted ? await answer.Task : new BotAnswer.Unreachable();
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new BotAnswer.TimedOut();
        }
        finally
        {
            _awaited.TryRemove((id, socket.Number), out _);
        }
    }

    /// <summary>Where the address of <c>apps.connections.open</c> leads to.</summary>
    internal async Task Handle(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest || !Admits(context.Request.Query["ticket"].ToString()))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        using WebSocket accepted = await context.WebSockets.AcceptWebSocketAsync();
        using var socket = new SlackSocket(accepted, _state, Interlocked.Increment(ref _opened), context.Abort);
        await socket.Sends(Hello());
        _state.Change(_ => _open.Add(socket));
        if (Deaf) await UntilAborted(context);
        else await socket.Run(ack => Take(socket, ack), context.RequestAborted);
        _state.Change(_ => _open.Remove(socket));
    }

    internal void DropAll()
    {
        foreach (SlackSocket socket in Open) socket.Drops();
    }

    private static Task UntilAborted(HttpContext context) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    private bool Admits(string ticket) => _state.Change(s =>
        s.Tickets.Remove(ticket, out DateTimeOffset at) && s.Time.GetUtcNow() - at <= TicketLife && _open.Count < Most);

    private string Hello() => new JsonObject
    {
        ["type"] = "hello",
        ["num_connections"] = Open.Count + 1,
        ["connection_info"] = new JsonObject { ["app_id"] = _state.Options.AppId },
        ["debug_info"] = new JsonObject { ["host"] = "applink-sandbox", ["approximate_connection_time"] = 18060 },
    }.ToJsonString();

    private void Take(SlackSocket socket, JsonObject said)
    {
        string id = said["envelope_id"]?.GetValue<string>() ?? "";
        bool lost = _state.Change(_ =>
        {
            bool isLost = _lost > 0;
            if (isLost) _lost--;
            _acks.Add(new SocketAck(id, socket.Number, said["payload"]?.ToJsonString(), isLost));
            return isLost;
        });
        if (!lost && _awaited.TryGetValue((id, socket.Number), out TaskCompletionSource<BotAnswer>? waits))
            waits.TrySetResult(new BotAnswer.Answered(200, said["payload"]?.ToJsonString() ?? ""));
    }
}

/// <summary>What the app acknowledged.</summary>
/// <param name="Socket">The number of the connection over which it did.</param>
/// <param name="Payload">JSON; nothing where there was none.</param>
/// <param name="Lost">Thrown away on purpose.</param>
public sealed record SocketAck(string EnvelopeId, int Socket, string? Payload, bool Lost);
