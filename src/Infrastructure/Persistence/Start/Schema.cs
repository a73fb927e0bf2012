using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatGovernance.Infrastructure.Persistence.Start;

/// <summary>Brings a schema up to date, one process at a time; a process that dies meanwhile holds up nobody.</summary>
public static class Schema
{
    // Any number that is ours alone; replicas of one deployment agree on it by sharing this code.
    internal const long PostgreSqlLock = 0x43_68_61_74_47_6F_76; // "ChatGov"

    private static readonly TimeSpan pollEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Applies what is missing, as the owner where one is configured; then the bot's role has what it needs. Waits while another process does.</summary>
    public static Task Apply(DatabaseOptions database, TimeProvider time, CancellationToken ct) => database.Provider switch
    {
        DatabaseProvider.Sqlite => ApplySqlite(database.MigrationsConnectionString ?? database.ConnectionString, time, ct),
        DatabaseProvider.PostgreSql => ApplyPostgreSql(database.MigrationsConnectionString ?? database.ConnectionString, new NpgsqlConnectionStringBuilder(database.ConnectionString).Username, ct),
        _ => throw new UnreachableException(),
    };

    private static async Task ApplyPostgreSql(string connectionString, string? botRole, CancellationToken ct)
    {
        // A lock of the session: the server gives it back when the connection ends, however it ends.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { Parameters = { new() { Value = PostgreSqlLock } }, CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);

        await using var db = new PostgreSqlContext(Contexts.PostgreSql(connectionString));
        await db.Database.MigrateAsync(ct);
        if (botRole is not null && botRole != new NpgsqlConnectionStringBuilder(connectionString).Username)
            await BotRole.Grant(connection, botRole, ct);
    }

    private static async Task ApplySqlite(string connectionString, TimeProvider time, CancellationToken ct)
    {
        var source = new SqliteConnectionStringBuilder(connectionString);
        await using var file = source.Mode == SqliteOpenMode.Memory || source.DataSource == ":memory:" ? null : await LockFile(source.DataSource + ".migrating", time, ct);
        await using var db = new SqliteContext(Contexts.Sqlite(connectionString));

        // EF's own lock on SQLite is a row, which a process that dies leaves behind for ever. Nobody else is here: the file says so.
        await db.Execute("""DROP TABLE IF EXISTS "__EFMigrationsLock" """, [], ct);
        await db.Database.MigrateAsync(ct);
    }

    // The operating system gives the lock back when the process ends, however it ends.
    private static async Task<FileStream> LockFile(string path, TimeProvider time, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.None);
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                await Task.Delay(pollEvery, time, ct);
            }
        }
    }
}
