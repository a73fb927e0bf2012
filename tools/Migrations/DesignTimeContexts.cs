using ChatGovernance.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore.Design;

namespace ChatGovernance.Migrations;

// Found by `dotnet ef` by their interface. No database is opened to write a migration.
internal sealed class DesignTimeSqliteContext : IDesignTimeDbContextFactory<SqliteContext>
{
    public SqliteContext CreateDbContext(string[] args) => new(Contexts.Sqlite("Data Source=:memory:"));
}

internal sealed class DesignTimePostgreSqlContext : IDesignTimeDbContextFactory<PostgreSqlContext>
{
    public PostgreSqlContext CreateDbContext(string[] args) => new(Contexts.PostgreSql("Host=localhost"));
}
