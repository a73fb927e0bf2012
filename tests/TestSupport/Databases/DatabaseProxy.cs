using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ChatGovernance.TestSupport.Databases;

/// <summary>
/// Stands between the bot and a real PostgreSQL. It reads the bot's side of the protocol
/// (https://www.postgresql.org/docs/current/protocol-message-formats.html) as far as it takes to hold one commit: before the
/// server sees it, or after it is done. It can hang: connections stay open and new ones are accepted, and nothing passes any more.
/// A server that is not there refuses through it as by itself.
/// </summary>
public sealed class DatabaseProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopped = new();
    private readonly ConcurrentDictionary<ProxiedConnection, Task> connections = new();
    private readonly Lock gate = new();
    private readonly List<CommitHold> holds = [];
    private readonly EndPoint server;
    private Task accepting = Task.CompletedTask;
    private volatile TaskCompletionSource silence = Done();

    private DatabaseProxy(EndPoint server) => this.server = server;

    /// <param name="connectionString">Of the server, by TCP or by a folder of its socket.</param>
    public static DatabaseProxy Start(string connectionString)
    {
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        EndPoint server = to.Host!.StartsWith('/')
            ? new UnixDomainSocketEndPoint($"{to.Host}/.s.PGSQL.{to.Port}")
            : new DnsEndPoint(to.Host, to.Port);
        var proxy = new DatabaseProxy(server);
        proxy.listener.Start();
        proxy.accepting = proxy.Accept();
        return proxy;
    }

    /// <summary>The same database and role, through here.</summary>
    public string Through(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)listener.LocalEndpoint).Port,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    /// <summary>Holds the first commit of a transaction whose statements hold all these words. Disposing of it lets go.</summary>
    /// <param name="after">False: the server does not see it until then. True: it is done, and its answer waits.</param>
    public CommitHold Hold(bool after, params string[] words)
    {
        var hold = new CommitHold(after, words);
        lock (gate)
            holds.Add(hold);
        return hold;
    }

    /// <summary>From now on nothing passes.</summary>
    public void Hang() => silence = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How long each answer is on its way.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>What was held back passes, and so does what comes.</summary>
    public void GoOn() => silence.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await stopped.CancelAsync();
        listener.Stop();
        lock (gate)
            holds.ForEach(hold => hold.Dispose());
        GoOn();
        foreach (var connection in connections.Keys)
            connection.Dispose();
        await accepting;
        await Task.WhenAll(connections.Values);
        listener.Dispose();
        stopped.Dispose();
    }

    internal Task Sounds => silence.Task;

    internal CommitHold? Meet(string transaction)
    {
        lock (gate)
            return holds.Find(hold => hold.TryMeet(transaction));
    }

    private async Task Accept()
    {
        while (!stopped.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptSocketAsync(stopped.Token);
                var connection = new ProxiedConnection(this, client);
                connections[connection] = Task.Run(async () =>
                {
                    await connection.Run(server);
                    connections.TryRemove(connection, out _);
                });
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // It was stopped.
            }
        }
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
