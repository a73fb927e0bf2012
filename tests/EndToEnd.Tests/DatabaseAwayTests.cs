using System.Net;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.TestSupport.Bots;
using Npgsql;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>The database is away under a bot that goes on: its server is stopped, or it hangs behind connections that stay open.</summary>
[Collection(Alone.Name)]
public sealed class DatabaseAwayTests(OwnDatabaseDeployment deployment) : JourneyTest(deployment), IClassFixture<OwnDatabaseDeployment>
{
    private const string NotTaken = "This was not taken";

    [Fact]
    public Task Invariant_8_nothing_is_called_taken_while_the_server_is_stopped_and_the_same_again_is_taken_once() =>
        Plays("/apps/arena", "/apps/bridge", deployment.Server.Halt, deployment.Server.Resume);

    [Fact]
    public Task Invariant_8_nothing_is_called_taken_while_the_server_hangs_and_the_same_again_is_taken_once() =>
        Plays("/apps/canal", "/apps/clover", deployment.Server.Proxy.Hang, deployment.Server.Proxy.GoOn);

    [Fact]
    public async Task Invariant_8_nothing_is_called_taken_while_its_disk_is_full_and_the_same_again_is_taken_once()
    {
        var dave = Deployment.Person("dave");
        var (question, _) = await AsksBoth(dave, "/apps/comet");
        var form = await AboutToAsk(dave, "/apps/desert");
        await using (var owner = new NpgsqlConnection(deployment.Server.ConnectionString))
        {
            await owner.OpenAsync(Ct);
            await Fills(owner);
            try
            {
                (await form.Submits(Ct)).Errors["target"].ShouldContain(NotTaken);
                (await Bob.Clicks(question, "Approve", Ct)).Trouble.ShouldBe("dispatch_failed");
                (await dave.Types("/request-access /apps/dune", Ct)).Answer!.AllText.ShouldContain(NotTaken);
                (await Health("ready")).ShouldBe((HttpStatusCode.OK, "Healthy")); // it answers: to restart the bot would mend nothing
            }
            finally
            {
                await Says(owner, "DROP FUNCTION disk_is_full CASCADE");
            }
        }

        await Presses(Bob, question, "Approve");
        (await form.Submits(Ct)).Closed.ShouldBeTrue();
        await Told(dave, "Granted: you now have /apps/comet");
        await Question(Bob, dave, "/apps/desert");
        foreach (var kind in (string[])["request.received", "vote.cast", "request.approved", "grant.active"])
            (await Count(Subject(question), kind)).ShouldBe(1, kind);
        (await Deployment.Store.Verifier.Verify(Ct)).Holds.ShouldBeTrue();
    }

    [Fact]
    public async Task A_slow_database_makes_everything_later_and_nothing_wrong()
    {
        var erin = Deployment.Person("erin");
        var aftermath = new Aftermath(Deployment);
        deployment.Server.Proxy.Latency = TimeSpan.FromMilliseconds(80);
        try
        {
            var (question, _) = await AsksBoth(erin, "/apps/dune");
            await Presses(Bob, question, "Approve");
            await Told(erin, "Granted: you now have /apps/dune");
            await EndsNow(question);
            await Told(erin, "Your access to /apps/dune has ended");
            await Until(() => aftermath.IsMirrored(Subject(question), Ct), "every line of the audit to be in its channel");
        }
        finally
        {
            deployment.Server.Proxy.Latency = TimeSpan.Zero;
        }

        (await Holds("erin", "/apps/dune")).ShouldBeFalse();
        await aftermath.IsClean(Ct);
    }

    /// <summary>From now on every write fails as on a disk without room: https://www.postgresql.org/docs/current/errcodes-appendix.html, class 53.</summary>
    private static async Task Fills(NpgsqlConnection owner)
    {
        await Says(owner, "CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$");
        await Says(owner, """
            DO $$ DECLARE name text; BEGIN
                FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
                    EXECUTE format('CREATE TRIGGER disk_is_full BEFORE INSERT OR UPDATE ON %I EXECUTE FUNCTION disk_is_full()', name);
                END LOOP;
            END $$
            """);
    }

    private static async Task Says(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task Plays(string decided, string asked, Action goesAway, Action comesBack)
    {
        var dave = Deployment.Person("dave");
        var (question, _) = await AsksBoth(Alice, decided);
        var form = await AboutToAsk(dave, asked);
        using var calls = new SlackCalls(Deployment);
        var click = SlackCalls.Click(Bob, question, "Approve");
        await Until(async () => await Health("ready") is (HttpStatusCode.OK, "Healthy"), "the bot to be ready");

        goesAway();
        try
        {
            // The workspace waits for 3 s, as Slack does; whoever has no answer by then is told of a time-out.
            var commands = Enumerable.Range(0, 20).Select(_ => Alice.Types("/request-access status", Ct)).ToArray();
            var (submitted, clicked, opened) = (form.Submits(Ct), Bob.Clicks(question, "Approve", Ct), Alice.OpensHome(Ct));
            (await calls.Post(click, Ct)).ShouldBe(HttpStatusCode.ServiceUnavailable);
            foreach (var command in await Task.WhenAll(commands))
                (command.Error ?? command.Answer!.AllText).ShouldContain(NotTaken);
            var answer = await submitted;
            (answer.Trouble ?? answer.Errors["target"]).ShouldContain(NotTaken);
            answer.Closed.ShouldBeFalse();
            (await clicked).Trouble.ShouldBe("dispatch_failed"); // any answer but 200
            (await opened).Trouble.ShouldBe("dispatch_failed");

            (await Health("ready")).ShouldBe((HttpStatusCode.ServiceUnavailable, "Unhealthy\ndatabase: The database does not answer."));
            (await Health("live")).ShouldBe((HttpStatusCode.OK, "Healthy"));
        }
        finally
        {
            comesBack();
        }

        await Until(async () => await Health("ready") is (HttpStatusCode.OK, "Healthy"), "the bot to be ready again");
        (await Alice.Types("/request-access status", Ct)).Error.ShouldBeNull();
        (await form.Submits(Ct)).Closed.ShouldBeTrue();
        (await calls.Post(click, Ct)).ShouldBe(HttpStatusCode.OK);

        await Told(Alice, $"Granted: you now have {decided}");
        (await Holds("alice", decided)).ShouldBeTrue();
        var second = await Question(Bob, dave, asked);
        await Denies(Bob, second, "Not today.");
        await Told(dave, $"Bob Brown denied your request for {asked}");

        foreach (var kind in (string[])["request.received", "request.approved", "grant.active"])
            (await Count(Subject(question), kind)).ShouldBe(1, kind);
        (await Count(Subject(second), "request.denied")).ShouldBe(1);
        AllTold(Alice, $"Granted: you now have {decided}").Count.ShouldBe(1);
        (await Deployment.Audit.Ask($"SELECT count(*) FROM requests WHERE target_name IN ('{decided}', '{asked}')", Ct)).ShouldBe(2L);
        (await BotProcess.Run(Deployment.Settings, ["audit", "verify"], Ct)).ExitCode.ShouldBe(0);
    }
}
