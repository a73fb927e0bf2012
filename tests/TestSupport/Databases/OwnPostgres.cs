using ChatGovernance.Sandbox.Hosting;
using Npgsql;

namespace ChatGovernance.TestSupport.Databases;

/// <summary>A PostgreSQL server that a test has to itself, to stop and to start, with one empty database and a proxy in front of it.</summary>
public sealed class OwnPostgres : ITestDatabase
{
    private const string Bot = "bot";

    private readonly string directory;

    private OwnPostgres(string connectionString, string directory, DatabaseProxy proxy)
    {
        // No pool of its own: a test goes on with a server that was away.
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
        (this.directory, Proxy) = (directory, proxy);
        ThroughProxy = proxy.Through(new NpgsqlConnectionStringBuilder(connectionString) { Username = Bot }.ConnectionString);
    }

    public DatabaseKind Kind => DatabaseKind.PostgreSql;

    /// <summary>To the server itself, as its superuser.</summary>
    public string ConnectionString { get; }

    /// <summary>The same database through <see cref="Proxy"/>, as a role that owns nothing.</summary>
    public string ThroughProxy { get; }

    public DatabaseProxy Proxy { get; }

    /// <exception cref="PostgresMissingException">This machine has no PostgreSQL.</exception>
    public static async Task<OwnPostgres> Start(CancellationToken ct)
    {
        var (connectionString, directory) = await PostgresScript.StartAsync();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand($"CREATE ROLE {Bot} LOGIN", connection);
        await command.ExecuteNonQueryAsync(ct);
        return new OwnPostgres(connectionString, directory, DatabaseProxy.Start(connectionString));
    }

    /// <summary>
    /// Starts it anew, listening on a loopback port, where every role has to know its password, and no longer where it did:
    /// neither <see cref="ConnectionString"/> nor <see cref="Proxy"/> leads to it.
    /// </summary>
    /// <returns>The port.</returns>
    public int ListenForPasswords()
    {
        var (data, port) = (Path.Combine(directory, "data"), Ports.Free());
        File.AppendAllText(Path.Combine(data, "postgresql.conf"), $"listen_addresses = '127.0.0.1'\nport = {port}\n");
        File.WriteAllText(Path.Combine(data, "pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
        Halt();
        Resume();
        return port;
    }

    /// <summary>Ends the server as a crash would: connections break, new ones are refused.</summary>
    public void Halt() => PostgresScript.Halt(directory);

    /// <summary>Starts it again, and waits until it answers.</summary>
    public void Resume() => PostgresScript.Resume(directory);

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        PostgresScript.Stop(directory);
    }
}
