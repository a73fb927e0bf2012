using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatGovernance.TestSupport.Databases;

/// <summary>One connection of the bot to the database.</summary>
internal sealed class ProxiedConnection(DatabaseProxy proxy, Socket client) : IDisposable
{
    private readonly StringBuilder transaction = new();
    private volatile NetworkStream? upstream;
    private bool explicitly;
    private CommitHold? held;

    /// <summary>Ends when either side has.</summary>
    public async Task Run(EndPoint to)
    {
        try
        {
            using var connected = to is UnixDomainSocketEndPoint ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
            await connected.ConnectAsync(to);
            await using var down = new NetworkStream(client);
            await using (upstream = new NetworkStream(connected))
                await Task.WhenAny(Questions(down, upstream), Answers(upstream, down));
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // One side is gone, and takes the other with it.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        client.Dispose();
        upstream?.Dispose();
    }

    private async Task Questions(NetworkStream from, NetworkStream to)
    {
        await using var buffered = new BufferedStream(from, 16 * 1024);
        var header = new byte[5];
        // The first message has no type: how long it is comes first.
        await buffered.ReadExactlyAsync(header.AsMemory(1, 4));
        var startup = await Body(buffered, header);
        await to.WriteAsync(header.AsMemory(1, 4));
        await to.WriteAsync(startup);

        while (await buffered.ReadAtLeastAsync(header, 5, throwOnEndOfStream: false) == 5)
        {
            var body = await Body(buffered, header);
            await proxy.Sounds;
            if (IsCommit((char)header[0], body) && proxy.Meet(transaction.ToString()) is { } hold)
            {
                held = hold.After ? hold : null;
                if (!hold.After)
                {
                    hold.Reach();
                    // The bot may be killed while it waits: then nothing of this transaction stays.
                    if (await Task.WhenAny(hold.Released, EndOf(client)) != hold.Released)
                        return;
                }
            }

            if (Ends((char)header[0], body))
                transaction.Clear();
            await to.WriteAsync(header);
            await to.WriteAsync(body);
        }
    }

    private async Task Answers(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await from.ReadAsync(buffer)) > 0)
        {
            await proxy.Sounds;
            if (proxy.Latency > TimeSpan.Zero)
                await Task.Delay(proxy.Latency, TimeProvider.System);
            if (Interlocked.Exchange(ref held, null) is { } hold)
            {
                hold.Reach();
                await hold.Released;
            }

            await to.WriteAsync(buffer.AsMemory(0, count));
        }
    }

    /// <summary>A commit as the bot's driver says it, or the end of a statement that stands alone.</summary>
    private bool IsCommit(char type, byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        if (type == 'Q' && text.StartsWith("BEGIN", StringComparison.Ordinal))
            explicitly = true;
        if (type is 'Q' or 'P' or 'B')
            transaction.Append(text).Append('\n');
        return explicitly ? type == 'Q' && text.StartsWith("COMMIT", StringComparison.Ordinal) : type == 'S';
    }

    private bool Ends(char type, byte[] body)
    {
        if (!explicitly)
            return type == 'S';
        var text = type == 'Q' ? Encoding.UTF8.GetString(body) : "";
        if (!text.StartsWith("COMMIT", StringComparison.Ordinal) && !text.StartsWith("ROLLBACK", StringComparison.Ordinal))
            return false;
        explicitly = false;
        return true;
    }

    private static async Task<byte[]> Body(Stream from, byte[] header)
    {
        var body = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)) - 4];
        await from.ReadExactlyAsync(body);
        return body;
    }

    private static async Task EndOf(Socket socket)
    {
        // Nothing is sent while an answer is awaited, so the next thing to be read is the end.
        var one = new byte[1];
        try
        {
            await socket.ReceiveAsync(one, SocketFlags.Peek);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // That is an end, too.
        }
    }
}
