using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests.Teams;

/// <summary>The bot is killed between a press in Teams and the grant: nothing is lost, and nothing is said or done twice.</summary>
public sealed class TeamsCrashTests(ShortLeaseTeamsDeployment deployment) : TeamsTest(deployment), IClassFixture<ShortLeaseTeamsDeployment>
{
    [Fact]
    public async Task What_a_killed_bot_had_begun_is_finished_once()
    {
        var (bobs, carols) = await AsksBoth(TeamsAlice, TeamsBob, TeamsCarol, "/apps/ember", "1h");
        using (var change = Deployment.Proxy.Set(new ProxyEffect.Hold(), r => r.Method == "PUT" && r.Path.Value!.Contains("/groups/", StringComparison.Ordinal)))
        {
            await TeamsBob.Clicks(bobs, "Approve", Ct);
            await change.Reached.WaitAsync(Patience, Ct);
            await Deployment.Bot.Kill();
            (await Holds("alice", "/apps/ember")).ShouldBeFalse();
        }

        await Deployment.StartBot(Ct);
        Tenant.BotUrl = Deployment.Bot.Url;

        await Told(TeamsAlice, "Granted: you now have /apps/ember");
        (await Holds("alice", "/apps/ember")).ShouldBeTrue();
        await Becomes(TeamsCarol, carols, m => m.AllText.Contains("Granted, until", StringComparison.Ordinal));
        foreach (var kind in (string[])["vote.cast", "vote.counted", "request.approved", "grant.active"])
            (await Count(Subject(bobs), kind)).ShouldBe(1, kind);
        TeamsAlice.Messages.Count(m => m.Summary.StartsWith("Granted: ", StringComparison.Ordinal)).ShouldBe(1);
    }
}
