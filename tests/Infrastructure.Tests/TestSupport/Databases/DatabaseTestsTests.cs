using ChatGovernance.TestSupport.Databases;

namespace ChatGovernance.Infrastructure.Tests.TestSupport.Databases;

public abstract class DatabaseTestsTests(DatabaseKind kind) : DatabaseTests(kind, DatabaseSchema.None)
{
    [Fact]
    public async Task Each_test_has_an_empty_database_of_its_kind()
    {
        Database.Kind.ShouldBe(Kind);
        await Sql.ExecuteAsync(Database, "CREATE TABLE first_here (id INTEGER)", TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task And_so_has_the_next() => Each_test_has_an_empty_database_of_its_kind();
}

public sealed class DatabaseTestsOnSqliteTests() : DatabaseTestsTests(DatabaseKind.Sqlite);

public sealed class DatabaseTestsOnPostgreSqlTests() : DatabaseTestsTests(DatabaseKind.PostgreSql);
