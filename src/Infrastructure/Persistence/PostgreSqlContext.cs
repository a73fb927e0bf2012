using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ChatGovernance.Infrastructure.Persistence;

internal sealed class PostgreSqlContext(DbContextOptions<PostgreSqlContext> options) : GovernanceContext(options)
{
    public override string ForUpdate => "FOR UPDATE";

    public override string ForUpdateSkipLocked => "FOR UPDATE SKIP LOCKED";

    protected override IsolationLevel WriteIsolation => IsolationLevel.ReadCommitted;

    public override Task<IDbContextTransaction> BeginSnapshot(CancellationToken ct) =>
        Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);

    // clock_timestamp(): the time of day now, not when the transaction began.
    public override async Task<DateTimeOffset?> ReadClock(CancellationToken ct) =>
        (await Database.SqlQueryRaw<DateTimeOffset>("""SELECT clock_timestamp() AS "Value" """).ToListAsync(ct)).Single();

    public override bool IsUniqueViolation(DbException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override bool IsWorthAnotherTry(DbException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };
}
