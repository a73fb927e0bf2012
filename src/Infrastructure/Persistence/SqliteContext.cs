using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ChatGovernance.Infrastructure.Persistence;

internal sealed class SqliteContext(DbContextOptions<SqliteContext> options) : GovernanceContext(options)
{
    // https://www.sqlite.org/rescode.html
    private const int ConstraintPrimaryKey = 1555;
    private const int ConstraintUnique = 2067;

    // One writer at a time, from BEGIN IMMEDIATE on.
    public override string ForUpdate => "";

    public override string ForUpdateSkipLocked => "";

    // Serializable is what Microsoft.Data.Sqlite begins with BEGIN IMMEDIATE.
    protected override IsolationLevel WriteIsolation => IsolationLevel.Serializable;

    public override async Task<IDbContextTransaction> BeginSnapshot(CancellationToken ct)
    {
        await Database.OpenConnectionAsync(ct);
        // Deferred: in WAL mode the first read fixes what is seen, and nobody is locked out.
        var transaction = ((SqliteConnection)Database.GetDbConnection()).BeginTransaction(deferred: true);
        return (await Database.UseTransactionAsync(transaction, ct))!;
    }

    public override Task<DateTimeOffset?> ReadClock(CancellationToken ct) => Task.FromResult<DateTimeOffset?>(null);

    public override bool IsUniqueViolation(DbException exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: ConstraintUnique or ConstraintPrimaryKey };

    // Writers stand in a row here, and one that waited in vain waited long enough.
    public override bool IsWorthAnotherTry(DbException exception) => false;
}
