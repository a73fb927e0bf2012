using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ChatGovernance.Infrastructure.Persistence;

/// <summary>Opens contexts on one database; they are pooled.</summary>
internal sealed class Contexts : IDbContextFactory<GovernanceContext>
{
    private const int PoolSize = 128;

    private readonly Func<GovernanceContext> create;

    public Contexts(DatabaseProvider provider, string connectionString)
    {
        switch (provider)
        {
            case DatabaseProvider.Sqlite:
                var sqlite = new PooledDbContextFactory<SqliteContext>(Sqlite(connectionString), PoolSize);
                create = sqlite.CreateDbContext;
                break;
            case DatabaseProvider.PostgreSql:
                var postgreSql = new PooledDbContextFactory<PostgreSqlContext>(PostgreSql(connectionString), PoolSize);
                create = postgreSql.CreateDbContext;
                break;
            default:
                throw new UnreachableException();
        }
    }

    public GovernanceContext CreateDbContext() => create();

    public static DbContextOptions<SqliteContext> Sqlite(string connectionString) =>
        new DbContextOptionsBuilder<SqliteContext>()
            .UseSqlite(connectionString, sqlite => sqlite
                .UseQuerySplittingBehavior(QuerySplittingBehavior.SingleQuery)
                .ExecutionStrategy(Once))
            .AddInterceptors(new SqliteSettings())
            .Options;

    public static DbContextOptions<PostgreSqlContext> PostgreSql(string connectionString) =>
        new DbContextOptionsBuilder<PostgreSqlContext>()
            .UseNpgsql(Durable(connectionString), npgsql => npgsql
                .UseQuerySplittingBehavior(QuerySplittingBehavior.SingleQuery)
                .ExecutionStrategy(Once))
            .Options;

    // Npgsql's own strategy wraps what may pass by itself; callers are to see what the database said.
    private static NonRetryingExecutionStrategy Once(ExecutionStrategyDependencies dependencies) => new(dependencies);

    // What is answered must be on disk, also where the server or the role was set to something faster.
    private static string Durable(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (builder.Options?.Contains("synchronous_commit", StringComparison.Ordinal) != true)
            builder.Options = $"{builder.Options} -c synchronous_commit=on".TrimStart();
        return builder.ConnectionString;
    }
}
