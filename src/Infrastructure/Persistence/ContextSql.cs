using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence;

/// <summary>SQL for what LINQ cannot say on both databases: conflicts, claims, locks. Text is constant; values are parameters <c>{n}</c>.</summary>
internal static class ContextSql
{
    /// <returns>How many rows it changed.</returns>
    public static Task<int> Execute(this GovernanceContext db, string sql, IReadOnlyList<object> values, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync(sql, values, ct);

    /// <summary>Columns are named as the properties of <typeparamref name="T"/>.</summary>
    public static Task<List<T>> Query<T>(this GovernanceContext db, string sql, IReadOnlyList<object> values, CancellationToken ct) =>
        db.Database.SqlQueryRaw<T>(sql, [.. values]).ToListAsync(ct);

    /// <summary>Tracked rows.</summary>
    public static IQueryable<T> BySql<T>(this DbSet<T> rows, string sql)
        where T : class => rows.FromSqlRaw(sql);

    /// <summary>What the database said, wherever it is wrapped.</summary>
    public static DbException? SaidByDatabase(this Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is DbException said)
                return said;
        }

        return null;
    }
}
