using Microsoft.Data.Sqlite;

namespace ChatGovernance.TestSupport.Databases;

internal sealed class SqliteTestDatabase(string file) : ITestDatabase
{
    public DatabaseKind Kind => DatabaseKind.Sqlite;

    public string ConnectionString { get; } = new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(connection);
        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm", "-journal"])
            File.Delete(file + suffix);
    }
}
