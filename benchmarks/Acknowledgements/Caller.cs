using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;

namespace ChatGovernance.Benchmarks.Acknowledgements;

/// <summary>One connection, one call at a time on it; reads of HTTP no more than the answers here need.</summary>
internal sealed class Caller : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] answer = new byte[64 * 1024];
    private int length;

    private Caller()
    {
    }

    public static async Task<Caller> Connect(Uri server, CancellationToken ct)
    {
        var caller = new Caller();
        await caller.socket.ConnectAsync(server.Host, server.Port, ct);
        return caller;
    }

    /// <returns>Ticks of <see cref="Stopwatch"/> from the first byte sent to the last one received.</returns>
    /// <exception cref="InvalidOperationException">It was not answered 200, nor another success.</exception>
    public async ValueTask<long> Call(ReadOnlyMemory<byte> request, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        await socket.SendAsync(request, ct);
        length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length), ct);
            if (read == 0)
                throw new InvalidOperationException("The connection was closed.");
            length += read;
            if (IsWhole(answer.AsSpan(0, length)))
                break;
        }

        var took = Stopwatch.GetTimestamp() - began;
        return answer.AsSpan().StartsWith("HTTP/1.1 2"u8)
            ? took
            : throw new InvalidOperationException($"Answered {System.Text.Encoding.ASCII.GetString(answer, 0, 64)}");
    }

    /// <summary>Of the last answer.</summary>
    public ReadOnlySpan<byte> Body => answer.AsSpan(0, length)[(answer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) + 4)..];

    public void Dispose() => socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var length = answer[..head].IndexOf("Content-Length: "u8);
        if (length < 0)
            return answer.EndsWith("0\r\n\r\n"u8); // in chunks
        return Utf8Parser.TryParse(answer[(length + 16)..], out int bytes, out _) && answer.Length == head + 4 + bytes;
    }
}
