using ChatGovernance.Infrastructure.Persistence;
using ChatGovernance.Infrastructure.Persistence.Start;
using ChatGovernance.TestSupport.Databases;
using Npgsql;

namespace ChatGovernance.Infrastructure.Tests.Persistence.Start;

/// <summary>Where another role owns the schema, the bot's own has what it needs and no more. That it has enough, every end-to-end test shows.</summary>
public sealed class BotRoleTests : IAsyncLifetime
{
    private static readonly string[] work = ["inbox", "requests", "votes", "entitlements", "tenures", "grants", "cards", "notes", "matches", "links", "logins", "offers", "login_changes", "conversations", "deployment", "catalog"];

    private ITestDatabase database = null!;
    private PostgresRole role = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabases.CreateAsync(DatabaseKind.PostgreSql, DatabaseSchema.None, Ct);
        role = await PostgresRole.CreateAsync(database, Ct);
        await Apply();
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await role.DisposeAsync();
    }

    [Fact]
    public async Task Each_table_is_given_exactly_what_the_bot_needs()
    {
        var given = await Rows($"SELECT table_name || ': ' || string_agg(privilege_type, ', ' ORDER BY privilege_type) FROM information_schema.role_table_grants WHERE grantee = '{role.Name}' GROUP BY table_name");

        given.ShouldBe(
            [
                "__EFMigrationsHistory: SELECT", "audit: INSERT, SELECT", "audit_head: SELECT, UPDATE", "audit_text: INSERT, SELECT", "replies: DELETE, INSERT, SELECT, UPDATE", "webhook_events: DELETE, INSERT, SELECT, UPDATE",
                .. work.Select(table => $"{table}: INSERT, SELECT, UPDATE"),
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("UPDATE audit SET hash = hash")]
    [InlineData("DELETE FROM audit")]
    [InlineData("TRUNCATE audit")]
    [InlineData("UPDATE audit_text SET text = NULL")]
    [InlineData("DELETE FROM audit_text")]
    [InlineData("INSERT INTO audit_head (id, number, hash) VALUES (2, 0, '')")]
    [InlineData("DELETE FROM audit_head")]
    [InlineData("DELETE FROM requests")]
    [InlineData("DELETE FROM grants")]
    [InlineData("TRUNCATE inbox")]
    [InlineData("ALTER TABLE audit DISABLE TRIGGER ALL")]
    [InlineData("ALTER TABLE audit ADD COLUMN more text")]
    [InlineData("DROP TABLE audit")]
    [InlineData("DROP INDEX audit_subject")]
    [InlineData("CREATE TABLE mine (id int)")]
    [InlineData("CREATE RULE silent AS ON INSERT TO audit DO INSTEAD NOTHING")]
    [InlineData("CREATE TRIGGER mine BEFORE INSERT ON audit EXECUTE FUNCTION suppress_redundant_updates_trigger()")]
    [InlineData("DELETE FROM \"__EFMigrationsHistory\"")]
    [InlineData("INSERT INTO \"__EFMigrationsHistory\" VALUES ('x', 'y')")]
    [InlineData("CREATE ROLE other")]
    [InlineData("COPY audit TO PROGRAM 'cat'")]
    public async Task Everything_else_is_refused(string sql)
    {
        var refused = await Should.ThrowAsync<PostgresException>(() => Execute(role.ConnectionString, sql));

        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task What_was_given_too_much_is_taken_back_at_the_next_start()
    {
        await Execute(database.ConnectionString, $"GRANT ALL ON audit, requests TO {role.Name}");

        await Apply();

        await Should.ThrowAsync<PostgresException>(() => Execute(role.ConnectionString, "DELETE FROM audit"));
        await Should.ThrowAsync<PostgresException>(() => Execute(role.ConnectionString, "DELETE FROM requests"));
    }

    [Fact]
    public async Task Tables_of_others_in_the_same_schema_are_left_alone()
    {
        await using var others = await PostgresRole.CreateAsync(database, Ct);
        await Execute(database.ConnectionString, $"CREATE TABLE theirs (id int); ALTER TABLE theirs OWNER TO {others.Name}; REVOKE ALL ON theirs FROM PUBLIC");
        try
        {
            await Apply();

            await Should.ThrowAsync<PostgresException>(() => Execute(role.ConnectionString, "SELECT * FROM theirs"));
        }
        finally
        {
            await Execute(database.ConnectionString, "DROP TABLE theirs");
        }
    }

    private Task Apply() => Schema.Apply(
        new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = role.ConnectionString, MigrationsConnectionString = database.ConnectionString },
        TimeProvider.System, Ct);

    private async Task<IReadOnlyList<string>> Rows(string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(Ct))
            rows.Add(reader.GetString(0));
        return rows;
    }

    private static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
