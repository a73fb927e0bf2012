using System.Net;
using System.Text;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests.Teams;

/// <summary>The database is away under a bot that goes on.</summary>
[Collection(Alone.Name)]
public sealed class TeamsDatabaseAwayTests(OwnDatabaseTeamsDeployment deployment) : TeamsTest(deployment), IClassFixture<OwnDatabaseTeamsDeployment>
{
    private const string NotTaken = "This was not taken";

    [Fact]
    public Task Invariant_8_nothing_is_called_taken_while_the_server_is_stopped_and_the_same_again_is_taken_once() =>
        Plays("/apps/arena", "/apps/bridge", deployment.Server.Halt, deployment.Server.Resume);

    [Fact]
    public Task Invariant_8_nothing_is_called_taken_while_the_server_hangs_and_the_same_again_is_taken_once() =>
        Plays("/apps/canal", "/apps/clover", deployment.Server.Proxy.Hang, deployment.Server.Proxy.GoOn);

    private async Task Plays(string decided, string asked, Action goesAway, Action comesBack)
    {
        var (bobs, _) = await AsksBoth(TeamsAlice, TeamsBob, TeamsCarol, decided);
        var form = await Form(TeamsAlice, asked);
        var home = await TeamsAlice.Sees(m => m.Summary == "My access" && m.Buttons.Any(button => button.Text == "Request access"), Ct);
        var click = TeamsBob.Click(bobs, "Approve");
        var send = TeamsAlice.Click(form, "Send", ("justification", Reason));
        var dialog = TeamsAlice.Click(home, "Request access");
        var typed = TeamsAlice.Activity("message", TeamsAlice.Direct, ("text", "status"));

        goesAway();
        try
        {
            var answers = await Task.WhenAll(TeamsBob.Send(click, Ct), TeamsAlice.Send(send, Ct), TeamsAlice.Send(dialog, Ct));
            foreach (var answer in answers)
            {
                answer.Status.ShouldBe(HttpStatusCode.OK);
                answer.Words.ShouldNotBeNull(answer.Body);
                answer.Words.ShouldStartWith(NotTaken);
            }

            answers[0].InnerStatus.ShouldBe(503);
            (await TeamsAlice.Send(typed, Ct)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            var forged = TeamsAlice.Activity("message", TeamsAlice.Direct, ("text", "status"));
            (await TeamsAlice.Send(Encoding.UTF8.GetBytes(forged.ToJsonString()), null, Ct)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
        finally
        {
            comesBack();
        }

        await Until(async () => await Health("ready") is (HttpStatusCode.OK, "Healthy"), "the bot to be ready again");
        var after = Newest(TeamsAlice);
        (await TeamsAlice.Send(typed, Ct)).Status.ShouldBe(HttpStatusCode.OK);
        (await TeamsBob.Send(click, Ct)).InnerStatus.ShouldBe(200);
        (await TeamsAlice.Send(send, Ct)).InnerStatus.ShouldBe(200);

        await TeamsAlice.Sees(m => m.Summary == "Your access" && string.CompareOrdinal(m.Id, after) > 0, Ct);
        await Told(TeamsAlice, $"Granted: you now have {decided}");
        (await Holds("alice", decided)).ShouldBeTrue();
        await Question(TeamsBob, "Alice Adams", asked);
        foreach (var kind in (string[])["request.received", "vote.cast", "request.approved", "grant.active"])
            (await Count(Subject(bobs), kind)).ShouldBe(1, kind);
        (await Deployment.Audit.Ask($"SELECT count(*) FROM requests WHERE target_name IN ('{decided}', '{asked}')", Ct)).ShouldBe(2L);
    }
}
