using ChatGovernance.Infrastructure.Persistence;
using ChatGovernance.Infrastructure.Persistence.Start;
using ChatGovernance.Infrastructure.Tests.TestSupport.Databases;
using ChatGovernance.TestSupport.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql;

namespace ChatGovernance.Infrastructure.Tests.Persistence.Start;

public sealed class SchemaTests
{
    private const string LockLeftBehind =
        """
        CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
        INSERT INTO "__EFMigrationsLock" VALUES (1, '2027-01-04 09:00:00');
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Every_change_of_the_model_is_in_a_migration(DatabaseKind kind)
    {
        await using var database = await TestDatabases.CreateAsync(kind, DatabaseSchema.None, Ct);
        await using var db = new Contexts(ProviderOf(kind), database.ConnectionString).CreateDbContext();

        db.Database.HasPendingModelChanges().ShouldBeFalse("Run scripts/add-migration.");
    }

    /// <summary>Replicas of the version before go on beside it: what they read and write stays, and what they do not know fills itself.</summary>
    [Theory, EveryDatabase]
    public async Task Every_migration_only_adds(DatabaseKind kind)
    {
        await using var database = await TestDatabases.CreateAsync(kind, DatabaseSchema.None, Ct);
        await using var db = new Contexts(ProviderOf(kind), database.ConnectionString).CreateDbContext();
        var migrations = db.GetService<IMigrationsAssembly>();

        foreach (var (name, type) in migrations.Migrations)
        {
            foreach (var operation in migrations.CreateMigration(type, db.Database.ProviderName!).UpOperations)
                Adds(operation).ShouldBeTrue($"{name}: {operation.GetType().Name}");
        }

        static bool Adds(MigrationOperation operation) => operation switch
        {
            AddColumnOperation column => column.IsNullable || column.DefaultValue is not null || column.DefaultValueSql is not null,
            CreateTableOperation or CreateIndexOperation or InsertDataOperation => true,
            _ => false,
        };
    }

    [Theory, EveryDatabase]
    public async Task Replicas_that_start_together_apply_the_schema_once(DatabaseKind kind)
    {
        await using var database = await TestDatabases.CreateAsync(kind, DatabaseSchema.None, Ct);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Apply(database), Ct)));

        (await Sql.CountAsync(database, "SELECT COUNT(*) FROM audit_head", Ct)).ShouldBe(1);
    }

    [Fact]
    public async Task A_lock_that_a_dead_process_left_in_SQLite_holds_up_nobody()
    {
        await using var database = await TestDatabases.CreateAsync(DatabaseKind.Sqlite, DatabaseSchema.None, Ct);
        await Sql.ExecuteAsync(database, LockLeftBehind, Ct);

        await Apply(database);

        (await Sql.CountAsync(database, "SELECT COUNT(*) FROM audit_head", Ct)).ShouldBe(1);
    }

    [Fact]
    public async Task On_PostgreSQL_a_replica_waits_until_the_other_is_done_or_dead()
    {
        await using var database = await TestDatabases.CreateAsync(DatabaseKind.PostgreSql, DatabaseSchema.None, Ct);
        const string waiting = "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        var other = (NpgsqlConnection)await Sql.OpenAsync(DatabaseKind.PostgreSql, new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString, Ct);
        await using (var command = new NpgsqlCommand($"SELECT pg_advisory_lock({Schema.PostgreSqlLock})", other))
            await command.ExecuteNonQueryAsync(Ct);

        var applied = Task.Run(() => Apply(database), Ct);
        while (await Sql.CountAsync(database, waiting, Ct) == 0)
            applied.IsCompleted.ShouldBeFalse();
        await other.DisposeAsync();

        await applied;
        (await Sql.CountAsync(database, "SELECT COUNT(*) FROM audit_head", Ct)).ShouldBe(1);
    }

    private static Task Apply(ITestDatabase database) => Schema.Apply(new DatabaseOptions { Provider = ProviderOf(database.Kind), ConnectionString = database.ConnectionString }, TimeProvider.System, Ct);

    private static DatabaseProvider ProviderOf(DatabaseKind kind) => Enum.Parse<DatabaseProvider>(kind.ToString());
}
