using System.Security.Cryptography;
using Npgsql;

namespace ChatGovernance.TestSupport.Databases;

/// <summary>A database that <c>CREATE DATABASE … TEMPLATE</c> copies.</summary>
internal sealed class PostgresTemplate : ITemplate
{
    private readonly PostgresServer server;
    private readonly string name;

    private PostgresTemplate(PostgresServer server, string name) => (this.server, this.name) = (server, name);

    public static async Task<ITemplate> MakeAsync(DatabaseSchema schema, CancellationToken ct)
    {
        var server = await PostgresServer.OfThisProcessAsync();
        var name = NewName("template");
        await server.ExecuteAsync($"CREATE DATABASE {name}", ct);
        server.DropAtExit(name);
        await schema.Apply(DatabaseKind.PostgreSql, server.ConnectionStringTo(name, pooling: false), ct);
        return new PostgresTemplate(server, name);
    }

    public async Task<ITestDatabase> CopyAsync(CancellationToken ct)
    {
        var copy = NewName("test");
        await server.ExecuteAsync($"CREATE DATABASE {copy} TEMPLATE {name}", ct);
        return new PostgresTestDatabase(server, copy);
    }

    // Several test processes share a server.
    private static string NewName(string purpose) =>
        $"{purpose}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";

    private sealed class PostgresTestDatabase(PostgresServer server, string name) : ITestDatabase
    {
        public DatabaseKind Kind => DatabaseKind.PostgreSql;

        public string ConnectionString { get; } = server.ConnectionStringTo(name, pooling: true);

        public async ValueTask DisposeAsync()
        {
            await using (var connection = new NpgsqlConnection(ConnectionString))
                NpgsqlConnection.ClearPool(connection);
            await server.ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)", CancellationToken.None);
        }
    }
}
