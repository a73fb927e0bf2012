using System.Net;
using System.Net.Sockets;

namespace ChatGovernance.TestSupport.Databases;

/// <summary>
/// Stands between the bot and a server on a unix socket, on a loopback port of its own. It can hang: connections stay open and new ones
/// are accepted, and nothing passes any more. A server that is not there refuses through it as by itself.
/// </summary>
public sealed class DatabaseProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly UnixDomainSocketEndPoint server;
    private readonly Task accepting;
    private volatile TaskCompletionSource open = Opened();

    /// <param name="server">Path of the server's socket.</param>
    public DatabaseProxy(string server)
    {
        this.server = new UnixDomainSocketEndPoint(server);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = Accept();
    }

    public int Port { get; }

    /// <summary>From now on nothing passes.</summary>
    public void Hang() => open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was held back passes, and so does what comes.</summary>
    public void GoOn() => open.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await accepting;
        listener.Dispose();
        end.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }

    private async Task Accept()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(Carry(await listener.AcceptSocketAsync(end.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task Carry(Socket client)
    {
        using var there = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            try
            {
                await open.Task.WaitAsync(end.Token);
                await there.ConnectAsync(server, end.Token);
                // Either end that closes ends both.
                await await Task.WhenAny(Pass(client, there), Pass(there, client));
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The other end is gone, or the test is over: to both it is a broken connection.
            }
        }
    }

    private async Task Pass(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer, end.Token) is > 0 and var count)
        {
            await open.Task.WaitAsync(end.Token);
            for (var sent = 0; sent < count;)
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), end.Token);
        }
    }
}
