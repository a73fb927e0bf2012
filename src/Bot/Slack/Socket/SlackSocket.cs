using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Hosting;
using ChatGovernance.Infrastructure.Observability;

namespace ChatGovernance.Bot.Slack.Socket;

/// <summary>
/// One open connection: reads it to its end, has each envelope taken beside the others, and acknowledges what was taken. It belongs to
/// whoever opened it, who ends it by disposing of it.
/// </summary>
internal sealed partial class SlackSocket(WebSocket socket, EnvelopeTaker taker, SlackMetrics counted, SocketMetrics metrics, SocketState state, SocketTimes times, TimeProvider time, ILogger log)
    : IAsyncDisposable
{
    /// <summary>More in hand than this, and nothing further is read before one is done: no more than 2 s by <see cref="Chat.StoreDelivery.Within"/>.</summary>
    private const int MostInHand = 256;

    private readonly SocketReader reader = new(socket);
    private readonly InHand inHand = new();
    private readonly SemaphoreSlim room = new(MostInHand);
    private readonly SemaphoreSlim sending = new(1);
    private readonly TaskCompletionSource greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool closing;
    private Task reading = Task.CompletedTask;
    private SocketEnd? end;

    /// <summary>Ends with Slack's greeting; called off when the connection ends without.</summary>
    public Task Greeted => greeted.Task;

    /// <summary>Ends when Slack has said that the connection will end, or it has ended.</summary>
    public Task Leaving => leaving.Task;

    /// <summary>Ends when nothing comes over it any more.</summary>
    public Task Ended => reading;

    /// <summary>Why it ends, once it does.</summary>
    public SocketEnd? End => end;

    public void Start() => reading = Read();

    /// <summary>Acknowledges what is in hand, then ends it in order; within 10 s by <see cref="SocketTimes.CloseWithin"/>, or it is broken off. Never fails.</summary>
    public async ValueTask DisposeAsync()
    {
        end ??= SocketEnd.Stopped;
        await Within(inHand.Empty);
        closing = true; // what comes now is not taken, so Slack sends it over another
        await Send(async late => await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, late));
        await Within(reading);
        socket.Abort();
        await reading;
        socket.Dispose();
    }

    private async Task Read()
    {
        try
        {
            while (await reader.Next() is { } message)
                await Take(message);
            end ??= SocketEnd.Closed;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            end ??= SocketEnd.Lost;
        }

        greeted.TrySetCanceled();
        if (greeted.Task.IsCompletedSuccessfully)
        {
            state.Ended();
            metrics.CountEnded(end.Value);
        }

        leaving.TrySetResult();
    }

    private async Task Take(SocketMessage message)
    {
        var frame = message switch
        {
            SocketMessage.Text text => SocketFrameReader.Read(text.Utf8),
            SocketMessage.Oversized => null,
            _ => new SocketFrame.Garbage(),
        };
        switch (frame)
        {
            case SocketFrame.Hello when greeted.TrySetResult():
                state.Opened();
                metrics.CountOpened();
                break;
            case SocketFrame.Disconnect disconnect:
                end ??= disconnect.Reason switch { "warning" => SocketEnd.Warned, "link_disabled" => SocketEnd.Disabled, _ => SocketEnd.Refreshed };
                leaving.TrySetResult();
                break;
            case SocketFrame.Envelope envelope when !closing:
                await room.WaitAsync();
                inHand.Begin();
                _ = Answer(envelope);
                break;
            case SocketFrame.Unknown unknown:
                counted.CountIgnored(SocketMetrics.Kind);
                if (unknown.Id is { } id)
                    await Acknowledge(SocketMetrics.Kind, new AckPayload(id, null));
                break;
            case SocketFrame.Garbage or null:
                counted.CountRefused(SocketMetrics.Kind, frame is null ? RefusedFor.Oversized : RefusedFor.Malformed);
                break;
        }
    }

    /// <summary>Answers one envelope, and measures it from its receipt to its acknowledgement. Here a trace begins.</summary>
    private async Task Answer(SocketFrame.Envelope envelope)
    {
        var receivedAt = time.GetTimestamp();
        using var trace = Traces.Begin($"receive {envelope.Kind}", ActivityKind.Server);
        var how = Acknowledged.Failed;
        try
        {
            var intake = await taker.Take(envelope);
            switch (intake)
            {
                case Intake.Answered answered:
                    var carries = envelope.TakesAnswer && answered.Body.Length > 0;
                    await Acknowledge(envelope.Kind, new AckPayload(envelope.Id, carries ? JsonSerializer.Deserialize(answered.Body, SlackJson.Default.JsonElement) : null));
                    break;
                case Intake.Malformed:
                    metrics.CountUnacknowledged(envelope.Kind, "malformed");
                    break;
                default:
                    metrics.CountUnacknowledged(envelope.Kind, "not-stored");
                    break;
            }

            how = intake.How;
        }
        finally
        {
            trace?.SetTag("chatgovernance.answer", how.ToString());
            counted.CountAcknowledgement(envelope.Kind, how, time.GetElapsedTime(receivedAt));
            room.Release();
            inHand.End();
        }
    }

    private async Task Acknowledge(string kind, AckPayload ack)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(ack, SlackJson.Default.AckPayload);
        if (await Send(async late => await socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, late)))
            return;
        // It is stored; Slack sends it again, or has given it up.
        metrics.CountUnacknowledged(kind, "lost");
        LogNotAcknowledged(kind);
    }

    /// <summary>One at a time. False: the connection is gone, or was broken off because it takes nothing any more.</summary>
    private async Task<bool> Send(Func<CancellationToken, Task> send)
    {
        using var late = new CancellationTokenSource(times.CloseWithin, time);
        try
        {
            await sending.WaitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        try
        {
            await send(late.Token);
            return true;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            return false;
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task Within(Task task)
    {
        try
        {
            await task.WaitAsync(times.CloseWithin, time);
        }
        catch (TimeoutException)
        {
            // Whoever waits goes on without it.
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A delivery of kind {Kind} was taken, and its connection was gone before it could be acknowledged.")]
    private partial void LogNotAcknowledged(string kind);
}
