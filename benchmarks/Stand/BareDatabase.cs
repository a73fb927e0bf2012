using ChatGovernance.TestSupport.Databases;
using Npgsql;

namespace ChatGovernance.Benchmarks.Stand;

/// <summary>What <see cref="BareEndpoint"/> writes to: a table of the shape of an inbox, and nothing else.</summary>
internal static class BareDatabase
{
    private static readonly DatabaseSchema schema = new("bare", async (_, connectionString, ct) =>
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var create = new NpgsqlCommand(
            "CREATE TABLE deliveries (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text NOT NULL UNIQUE, payload bytea NOT NULL)", connection);
        await create.ExecuteNonQueryAsync(ct);
    });

    public static Task<ITestDatabase> Create(CancellationToken ct) => TestDatabases.CreateAsync(DatabaseKind.PostgreSql, schema, ct);
}
