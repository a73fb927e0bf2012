using System.Security.Cryptography;
using Npgsql;

namespace ChatGovernance.TestSupport.Databases;

/// <summary>A role of a PostgreSQL server that may log in and has been given nothing. Dispose of it after the database it was given something in.</summary>
public sealed class PostgresRole : IAsyncDisposable
{
    private readonly PostgresServer server;

    private PostgresRole(PostgresServer server, string name, string connectionString) =>
        (this.server, Name, ConnectionString) = (server, name, connectionString);

    public string Name { get; }

    /// <summary>To the database it was made for.</summary>
    public string ConnectionString { get; }

    /// <exception cref="PostgresMissingException">There is no server.</exception>
    public static async Task<PostgresRole> CreateAsync(ITestDatabase database, CancellationToken ct)
    {
        var server = await PostgresServer.OfThisProcessAsync();
        var (name, password) = ($"bot_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        await server.ExecuteAsync($"CREATE ROLE {name} LOGIN PASSWORD '{password}'", ct);
        return new PostgresRole(server, name, new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = name, Password = password }.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        await server.ExecuteAsync($"DROP ROLE {Name}", CancellationToken.None);
    }
}
