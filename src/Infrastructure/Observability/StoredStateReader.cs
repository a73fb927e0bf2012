using System.Data.Common;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence;
using ChatGovernance.Infrastructure.Persistence.Claims;
using ChatGovernance.Infrastructure.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ChatGovernance.Infrastructure.Observability;

/// <summary>
/// Reads what waits, by one query a kind over an index that holds only what is not done. Whoever collects often, and several who
/// collect at once, get the same answer for a while.
/// </summary>
internal sealed partial class StoredStateReader(IDbContextFactory<GovernanceContext> contexts, TimeProvider time, ILogger<StoredStateReader> logger)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    /// <summary>Who collects has other things to tell.</summary>
    private static readonly TimeSpan answerWithin = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private long? readAt;
    private StoredState? last;

    /// <summary>Null while the database does not answer.</summary>
    public StoredState? Read()
    {
        lock (gate)
        {
            if (readAt is { } at && time.GetElapsedTime(at) < KeptFor)
                return last;
            last = Ask();
            readAt = time.GetTimestamp();
            return last;
        }
    }

    internal static string DueSql(WorkTable table) =>
        $$"""SELECT count(*) AS "Count", min(due_at) AS "Since" FROM {{table.Name}} WHERE due_at IS NOT NULL AND due_at <= {0}""";

    internal const string OverdueSql = """SELECT count(*) AS "Count", min(ends_at) AS "Since" FROM grants WHERE over_at IS NULL AND ends_at <= {0}""";

    private StoredState? Ask()
    {
        try
        {
            // Observable instruments are asked synchronously, on a thread of the exporter's own.
            return Deadline.Within(answerWithin, time, ct => Task.Run(() => Ask(ct), ct), CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or InvalidOperationException or IOException or OperationCanceledException)
        {
            // However the driver names it: a gap in these, and everything else is told as ever.
            NotRead(logger, exception.GetType().Name);
            return null;
        }
    }

    private async Task<StoredState> Ask(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        var due = new Dictionary<WorkKind, Backlog>();
        foreach (var kind in Enum.GetValues<WorkKind>())
            due[kind] = await Ask(db, DueSql(WorkTable.Of(kind)), now, ct);
        return new StoredState(due, await Ask(db, OverdueSql, now, ct));
    }

    private static async Task<Backlog> Ask(GovernanceContext db, string sql, DateTimeOffset now, CancellationToken ct)
    {
        var waiting = (await db.Query<Waiting>(sql, [now.UtcTicks], ct)).Single();
        return new Backlog(waiting.Count, waiting.Since is { } since ? now - new DateTimeOffset(since, TimeSpan.Zero) : TimeSpan.Zero);
    }

    [LoggerMessage(1, LogLevel.Warning, "What waits in the database could not be read for the metrics ({Code}).")]
    private static partial void NotRead(ILogger logger, string code);

    internal sealed record Waiting(long Count, long? Since);
}
