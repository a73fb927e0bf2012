using ChatGovernance.TestSupport.Databases;

namespace ChatGovernance.Infrastructure.Tests.TestSupport.Databases;

public sealed class TestDatabasesTests
{
    private static readonly DatabaseSchema People = new("people of TestDatabasesTests", async (kind, connectionString, ct) =>
        await Sql.ExecuteAsync(kind, connectionString, "CREATE TABLE people (name TEXT PRIMARY KEY)", ct));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_new_database_has_the_schema_and_no_rows(DatabaseKind kind)
    {
        await using var database = await TestDatabases.CreateAsync(kind, People, Ct);

        (await Sql.CountAsync(database, "SELECT COUNT(*) FROM people", Ct)).ShouldBe(0);
    }

    [Theory, EveryDatabase]
    public async Task What_one_test_writes_another_does_not_see(DatabaseKind kind)
    {
        await using var mine = await TestDatabases.CreateAsync(kind, People, Ct);
        await using var theirs = await TestDatabases.CreateAsync(kind, People, Ct);

        await Sql.ExecuteAsync(mine, "INSERT INTO people VALUES ('alice')", Ct);

        (await Sql.CountAsync(mine, "SELECT COUNT(*) FROM people", Ct)).ShouldBe(1);
        (await Sql.CountAsync(theirs, "SELECT COUNT(*) FROM people", Ct)).ShouldBe(0);
    }

    [Theory, EveryDatabase]
    public async Task The_schema_is_applied_once_however_many_ask_at_the_same_time(DatabaseKind kind)
    {
        var applied = 0;
        var schema = new DatabaseSchema($"counted on {kind}", (_, _, _) =>
        {
            Interlocked.Increment(ref applied);
            return Task.CompletedTask;
        });

        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestDatabases.CreateAsync(kind, schema, Ct)));
        foreach (var database in databases)
            await database.DisposeAsync();

        applied.ShouldBe(1);
        databases.Select(database => database.ConnectionString).ShouldBeUnique();
    }

    [Theory, EveryDatabase]
    public async Task A_database_is_gone_after_the_test_even_if_a_connection_was_left_open(DatabaseKind kind)
    {
        var database = await TestDatabases.CreateAsync(kind, People, Ct);
        await using var left = await Sql.OpenAsync(kind, database.ConnectionString, Ct);
        await database.DisposeAsync();

        await Should.ThrowAsync<System.Data.Common.DbException>(() => Sql.CountAsync(database, "SELECT COUNT(*) FROM people", Ct));
    }

    [Fact]
    public async Task A_schema_that_leaves_its_connection_open_is_named()
    {
        Microsoft.Data.Sqlite.SqliteConnection? left = null;
        var schema = new DatabaseSchema("careless", async (kind, connectionString, ct) =>
        {
            left = (Microsoft.Data.Sqlite.SqliteConnection)await Sql.OpenAsync(kind, connectionString, ct);
            await using var command = left.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER)";
            await command.ExecuteNonQueryAsync(ct);
        });

        var failure = await Should.ThrowAsync<InvalidOperationException>(
            () => TestDatabases.CreateAsync(DatabaseKind.Sqlite, schema, Ct));
        await left!.DisposeAsync();

        failure.Message.ShouldContain("careless");
    }
}
