using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ChatGovernance.Infrastructure.Persistence;

/// <summary>What every connection to SQLite needs: what is answered is on disk, and a writer waits for its turn.</summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    // FULL: WAL with NORMAL may lose the last commits when the machine fails (https://www.sqlite.org/pragma.html#pragma_synchronous).
    private const string Pragmas = "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
