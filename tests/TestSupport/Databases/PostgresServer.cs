using System.Collections.Concurrent;
using Npgsql;

namespace ChatGovernance.TestSupport.Databases;

/// <summary>The server of the environment variable TEST_POSTGRES, or one started for this process.</summary>
internal sealed class PostgresServer
{
    private static readonly Lazy<Task<PostgresServer>> Shared = new(FindAsync);

    private readonly string connectionString;
    private readonly string? directory;
    private readonly ConcurrentBag<string> leftovers = [];

    private PostgresServer(string connectionString, string? directory)
    {
        (this.connectionString, this.directory) = (connectionString, directory);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => LeaveNothing();
    }

    /// <exception cref="PostgresMissingException">There is none, and none can be started.</exception>
    public static Task<PostgresServer> OfThisProcessAsync() => Shared.Value;

    public string ConnectionStringTo(string database, bool pooling) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = database, Pooling = pooling }.ConnectionString;

    public async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    public void DropAtExit(string database) => leftovers.Add(database);

    private static async Task<PostgresServer> FindAsync()
    {
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } given)
            return new PostgresServer(given, directory: null);

        var started = await PostgresScript.StartAsync();
        return new PostgresServer(started.ConnectionString, started.Directory);
    }

    private void LeaveNothing()
    {
        if (directory is not null)
        {
            PostgresScript.Stop(directory);
            return;
        }

        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        foreach (var database in leftovers)
        {
            using var command = new NpgsqlCommand($"DROP DATABASE IF EXISTS {database} WITH (FORCE)", connection);
            command.ExecuteNonQuery();
        }
    }
}
