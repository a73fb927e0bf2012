using ChatGovernance.Core.Health;
using ChatGovernance.Infrastructure.Persistence;
using ChatGovernance.Infrastructure.Persistence.Start;
using ChatGovernance.TestSupport.Databases;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatGovernance.Infrastructure.Tests.Persistence.Start;

/// <summary>What the doctor says of a database.</summary>
public sealed class ExamineDatabaseTests : IAsyncLifetime
{
    private ITestDatabase database = null!;
    private PostgresRole role = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabases.CreateAsync(DatabaseKind.PostgreSql, DatabaseSchema.None, Ct);
        role = await PostgresRole.CreateAsync(database, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await role.DisposeAsync();
    }

    [Fact]
    public async Task With_two_roles_and_its_schema_it_is_well()
    {
        await Schema.Apply(TwoRoles, TimeProvider.System, Ct);
        var checks = await Examine(TwoRoles);

        checks.Where(check => check.Result != CheckResult.Ok).ShouldBeEmpty();
        checks.Select(check => check.Name).ShouldBe(["answers", "schema", "clock", "bot's role", "owner's role"]);
    }

    [Fact]
    public async Task A_schema_that_is_not_applied_is_named()
    {
        var check = (await Examine(TwoRoles)).Single(found => found.Name == "schema");

        check.Result.ShouldBe(CheckResult.Failed);
        check.Mend.ShouldBe("Run chatgovernance migrate.");
    }

    [Theory]
    [InlineData("GRANT DELETE ON audit TO {0}", "DELETE on audit")]
    [InlineData("GRANT UPDATE ON audit_text TO {0}", "UPDATE on audit_text")]
    [InlineData("GRANT TRUNCATE ON grants TO {0}", "TRUNCATE on grants")]
    [InlineData("REVOKE INSERT ON audit FROM {0}", "lacks INSERT on audit")]
    public async Task A_role_that_may_do_more_or_less_than_it_needs_is_named(string sql, string said)
    {
        await Schema.Apply(TwoRoles, TimeProvider.System, Ct);
        await Execute(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, role.Name));

        var check = (await Examine(TwoRoles)).Single(found => found.Name == "bot's role");
        check.Result.ShouldBe(CheckResult.Failed);
        check.Sentence.ShouldContain(said);
    }

    [Fact]
    public async Task A_role_that_owns_the_schema_or_the_server_is_named()
    {
        var one = new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = database.ConnectionString };
        await Schema.Apply(one, TimeProvider.System, Ct);

        (await Examine(one)).Single(check => check.Name == "bot's role").Result.ShouldBe(CheckResult.Failed, "the tests' own role is a superuser");
        await Execute($"GRANT USAGE ON SCHEMA public TO {role.Name}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role.Name}; ALTER TABLE grants OWNER TO {role.Name}");
        var owner = (await Examine(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = role.ConnectionString })).Single(check => check.Name == "bot's role");
        owner.Result.ShouldBe(CheckResult.Warning);
        owner.Sentence.ShouldContain("owns the schema");
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_named()
    {
        var checks = await Examine(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = "Host=127.0.0.1;Port=9;Username=x;Password=secret-of-x;Timeout=5" });

        var check = checks.ShouldHaveSingleItem();
        check.Result.ShouldBe(CheckResult.Failed);
        check.Sentence.ShouldNotContain("secret-of-x");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named_and_not_made()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():n}.db");
        var checks = await Examine(new DatabaseOptions { ConnectionString = $"Data Source={file};Mode=ReadWrite" });

        checks.ShouldHaveSingleItem().Result.ShouldBe(CheckResult.Failed);
        File.Exists(file).ShouldBeFalse();
    }

    private DatabaseOptions TwoRoles => new()
    {
        Provider = DatabaseProvider.PostgreSql,
        ConnectionString = role.ConnectionString,
        MigrationsConnectionString = database.ConnectionString,
    };

    private static Task<IReadOnlyList<Check>> Examine(DatabaseOptions options) =>
        new ExamineDatabase(new Contexts(options.Provider, options.ConnectionString), Options.Create(options)).Examine(Ct);

    private async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
