using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using Npgsql;

namespace ChatGovernance.EndToEnd.Tests.Compose;

/// <summary>The deployment of docker-compose.yml with a real Keycloak and a real PostgreSQL, in plain processes: no container engine is needed, and none is tested.</summary>
public sealed class ComposeTests(ComposedDeployment deployment) : IClassFixture<ComposedDeployment>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await deployment.Start(Ct);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Somebody_asks_and_is_approved_once_the_administrator_has_said_who_is_who()
    {
        var (alice, bob) = (deployment.Workspace.Person("alice"), deployment.Workspace.Person("bob"));
        await Is(alice, "alice");
        await Is(bob, "bob");

        var modal = await Asks(alice, "production");
        await modal.Shows(_ => modal.Has("duration"), ct: Ct);
        modal.Writes("justification", "The nightly import has failed.");
        (await modal.Submits(Ct)).Closed.ShouldBeTrue();
        var asked = await Card(bob, "Alice Adams asks for /databases/production");
        (await Groups("alice")).ShouldBeEmpty();

        (await bob.Clicks(asked, "Approve", Ct)).Trouble.ShouldBeNull();
        await Card(alice, "Granted: you now have /databases/production");
        (await Groups("alice")).ShouldBe(["/databases/production"]);
        var audit = deployment.Workspace.Channels.Single(c => c.Name == "access-audit").Id;
        await bob.SeesMessage(m => m.ChannelId == audit && m.Text.Contains("/databases/production", StringComparison.Ordinal), TimeSpan.FromSeconds(60), Ct);
    }

    [Fact]
    public async Task What_happens_in_Keycloak_reaches_the_bot()
    {
        await deployment.Administrator.Send(HttpMethod.Post, "admin/realms/example/groups", new JsonObject { ["name"] = "to-be-told" }, Ct);
        object? left = null;
        for (var tries = 0; tries < 300 && !Equals(left, 0L); tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Ct);
            left = await Ask(Connection("keycloak"), "SELECT count(*) FROM chatgovernance_delivery");
        }

        left.ShouldBe(0L);
        deployment.Output.ShouldContain("Events are sent to the webhook bot.");
    }

    [Theory]
    [InlineData("bot", "CREATE TABLE mine (id int)")]
    [InlineData("bot", "CREATE TEMPORARY TABLE mine (id int)")]
    [InlineData("bot", "ALTER TABLE requests ADD COLUMN mine int")]
    [InlineData("bot", "DELETE FROM requests")]
    [InlineData("bot", "UPDATE audit SET payload = ''")]
    [InlineData("bot", "DELETE FROM audit")]
    [InlineData("bot", "CREATE ROLE mine")]
    [InlineData("bot", "CREATE DATABASE mine")]
    [InlineData("owner", "CREATE ROLE mine")]
    [InlineData("owner", "CREATE DATABASE mine")]
    public async Task A_database_role_can_do_no_more_than_it_is_for(string who, string sql) =>
        (await Refused(Connection(who), sql)).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);

    [Theory]
    [InlineData("bot", "keycloak")]
    [InlineData("owner", "keycloak")]
    [InlineData("keycloak", "chatgovernance")]
    public async Task A_database_role_may_not_enter_the_other_programs_database(string who, string database) =>
        (await Refused(Connection(who, database), "SELECT 1")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);

    [Theory]
    [InlineData("bot")]
    [InlineData("owner")]
    [InlineData("keycloak")]
    public async Task A_database_role_has_to_know_its_password(string who)
    {
        var connection = Connection(who);
        (await Refused(connection, "SELECT 1")).ShouldBeNull();
        connection.Password = "another";
        (await Refused(connection, "SELECT 1")).ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("keycloak")]
    [InlineData("bot")]
    public async Task A_health_check_tells_a_service_that_runs_from_one_that_does_not(string service)
    {
        deployment.HealthyTooEarly[service].ShouldBeFalse();
        (await deployment.IsHealthy(service, Ct)).ShouldBeTrue();
    }

    [Fact]
    public void No_secret_is_written_to_an_output()
    {
        foreach (var service in deployment.Compose.Services)
        {
            foreach (var secret in deployment.Compose.Service(service).Secrets)
                deployment.Output.ShouldNotContain(deployment.Secret(service, secret), Case.Sensitive, secret);
        }
    }

    /// <summary>Types the command, and again where everything is so cold that its three seconds pass: the bot says so, or Slack refuses to open the form.</summary>
    private async Task<OpenModal> Asks(SlackPerson person, string target)
    {
        while (true)
        {
            (await person.Types($"/request-access {target}", Ct)).Error.ShouldBeNull();
            try
            {
                return await person.SeesModal(timeout: TimeSpan.FromSeconds(10), ct: Ct);
            }
            catch (TimeoutException) when (person.Messages.Any(m => m.Text.StartsWith("That took too long", StringComparison.Ordinal))
                || deployment.Workspace.Calls.Any(c => c is { Method: "views.open", Error: "expired_trigger_id" }))
            {
                Ct.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>As docs/deployment.md tells the reader to.</summary>
    private async Task Is(SlackPerson person, string username)
    {
        var account = await Account(username);
        account["attributes"] = new JsonObject { ["slack-id"] = new JsonArray($"{deployment.Workspace.TeamId}/{person.Id}") };
        await deployment.Administrator.Send(HttpMethod.Put, $"admin/realms/example/users/{(string)account["id"]!}", account, Ct);
    }

    private async Task<IReadOnlyList<string>> Groups(string username)
    {
        var groups = await deployment.Administrator.Get($"admin/realms/example/users/{(string)(await Account(username))["id"]!}/groups", Ct);
        return [.. groups!.AsArray().Select(g => (string)g!["path"]!)];
    }

    private async Task<JsonObject> Account(string username) =>
        (await deployment.Administrator.Get($"admin/realms/example/users?exact=true&username={username}", Ct))!.AsArray().Single()!.AsObject();

    private NpgsqlConnectionStringBuilder Connection(string who, string? database = null)
    {
        var bot = new NpgsqlConnectionStringBuilder(deployment.Secret("bot", "bot-database")) { Pooling = false };
        var connection = who switch
        {
            "bot" => bot,
            "owner" => new NpgsqlConnectionStringBuilder(deployment.Secret("migrate", "owner-database")) { Pooling = false },
            _ => new NpgsqlConnectionStringBuilder(bot.ConnectionString) { Database = who, Username = who, Password = deployment.Secret("keycloak", "keycloak-database-password") },
        };
        connection.Database = database ?? connection.Database;
        return connection;
    }

    private static async Task<object?> Ask(NpgsqlConnectionStringBuilder connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Ct);
    }

    /// <summary>The code with which the server refuses it; null: it does not.</summary>
    private static async Task<string?> Refused(NpgsqlConnectionStringBuilder connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString.ConnectionString);
        try
        {
            await connection.OpenAsync(Ct);
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(Ct);
            return null;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }

    /// <summary>A direct message that begins so.</summary>
    private static Task<SlackMessage> Card(SlackPerson person, string title) =>
        person.SeesMessage(m => m.ChannelId == person.Direct.Id && m.Text.StartsWith(title, StringComparison.Ordinal), TimeSpan.FromSeconds(60), Ct);
}
