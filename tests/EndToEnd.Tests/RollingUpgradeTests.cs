using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>
/// Replicas are replaced one after another. The first of the new version brings the schema up to date while those of the version
/// before still run: here a schema with more in every table than the bot knows.
/// </summary>
public sealed class RollingUpgradeTests(ReplicaDeployment deployment) : JourneyTest(deployment), IClassFixture<ReplicaDeployment>
{
    [Fact]
    public async Task Replicas_go_on_and_start_again_beside_a_newer_schema_and_may_be_stopped_at_any_time()
    {
        var aftermath = new Aftermath(Deployment);
        var (question, _) = await AsksBoth(Alice, "/apps/arena");
        var form = await AboutToAsk(Deployment.Person("dave"), "/apps/bridge");
        await Migrates();

        await Presses(Bob, question, "Approve");
        await Told(Alice, "Granted: you now have /apps/arena");
        var before = Deployment.Bot;
        await Deployment.StartAnother(Ct); // of the same version: as where an upgrade is taken back
        await before.DisposeAsync(); // stopped as an operator stops it
        (await form.Submits(Ct)).Closed.ShouldBeTrue();
        var second = await Question(Bob, Deployment.Person("dave"), "/apps/bridge");
        await Presses(Bob, second, "Approve");
        await Told(Deployment.Person("dave"), "Granted: you now have /apps/bridge");
        await Task.WhenAll(EndsNow(question), EndsNow(second));
        await Told(Alice, "Your access to /apps/arena has ended");
        await Told(Deployment.Person("dave"), "Your access to /apps/bridge has ended");

        foreach (var each in new[] { question, second })
            await Until(() => aftermath.IsMirrored(Subject(each), Ct), "every line of the audit to be in its channel");
        await aftermath.IsClean(Ct);
    }

    /// <summary>What a migration of a later version may do: it adds, as tests of the migrations hold it to.</summary>
    private Task Migrates() => Deployment.Audit.Tamper(
        """
        DO $$ DECLARE name text; BEGIN
            FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT LIKE '\_\_%' LOOP
                EXECUTE format('ALTER TABLE %I ADD COLUMN of_a_later_version text, ADD COLUMN counted_later integer NOT NULL DEFAULT 0', name);
            END LOOP;
        END $$;
        CREATE TABLE of_a_later_version (id integer PRIMARY KEY);
        INSERT INTO "__EFMigrationsHistory" VALUES ('99991231235959_OfALaterVersion', '10.0.0');
        """, Ct);
}
