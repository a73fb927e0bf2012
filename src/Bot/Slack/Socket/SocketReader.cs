using System.Net.WebSockets;
using ChatGovernance.Bot.Hosting;

namespace ChatGovernance.Bot.Slack.Socket;

/// <summary>Reads whole messages, and keeps none that is larger than a body may be by HTTP.</summary>
internal sealed class SocketReader(WebSocket socket)
{
    private readonly byte[] buffer = new byte[16 * 1024];

    /// <summary>Null: the other side has closed the connection.</summary>
    /// <exception cref="WebSocketException">It broke.</exception>
    public async Task<SocketMessage?> Next()
    {
        using var read = new MemoryStream();
        var oversized = false;
        while (true)
        {
            // Never called off: that would break the connection, and with it what is in hand. Aborting it ends this.
            var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            oversized |= read.Length + part.Count > RequestBody.Limit;
            if (!oversized)
                read.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return oversized ? new SocketMessage.Oversized() : part.MessageType == WebSocketMessageType.Text ? new SocketMessage.Text(read.ToArray()) : new SocketMessage.Binary();
        }
    }
}

/// <summary>A message as it came.</summary>
internal abstract record SocketMessage
{
    private protected SocketMessage()
    {
    }

    public sealed record Text(byte[] Utf8) : SocketMessage;

    /// <summary>Slack sends none.</summary>
    public sealed record Binary : SocketMessage;

    /// <summary>Larger than <see cref="RequestBody.Limit"/>; read to its end and not kept.</summary>
    public sealed record Oversized : SocketMessage;
}
