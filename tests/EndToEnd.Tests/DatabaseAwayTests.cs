using System.Net;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.TestSupport.Bots;

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
