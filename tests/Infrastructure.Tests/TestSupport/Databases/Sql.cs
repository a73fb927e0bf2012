using System.Data.Common;
using System.Globalization;
using ChatGovernance.TestSupport.Databases;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatGovernance.Infrastructure.Tests.TestSupport.Databases;

/// <summary>Plain SQL on either database.</summary>
internal static class Sql
{
    public static Task ExecuteAsync(ITestDatabase database, string sql, CancellationToken ct) =>
        ExecuteAsync(database.Kind, database.ConnectionString, sql, ct);

    public static async Task ExecuteAsync(DatabaseKind kind, string connectionString, string sql, CancellationToken ct)
    {
        await using var connection = await OpenAsync(kind, connectionString, ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<long> CountAsync(ITestDatabase database, string sql, CancellationToken ct)
    {
        await using var connection = await OpenAsync(database.Kind, database.ConnectionString, ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
    }

    public static async Task<DbConnection> OpenAsync(DatabaseKind kind, string connectionString, CancellationToken ct)
    {
        DbConnection connection = kind == DatabaseKind.Sqlite
            ? new SqliteConnection(connectionString)
            : new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        return connection;
    }
}
