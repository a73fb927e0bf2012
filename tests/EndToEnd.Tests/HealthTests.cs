using System.Net;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>What a load balancer is told, and what goes on without Keycloak.</summary>
public sealed class HealthTests(Deployment deployment) : JourneyTest(deployment), IClassFixture<Deployment>
{
    [Fact]
    public async Task A_bot_that_starts_without_Keycloak_is_ready_and_takes_requests_for_what_it_knows()
    {
        (await Health("live")).ShouldBe((HttpStatusCode.OK, "Healthy"));
        await Until(async () => await Health("ready") is (HttpStatusCode.OK, "Healthy"), "the catalog to be read");
        await Until(async () => await Deployment.Audit.Ask("SELECT count(*) FROM catalog", Ct) is 1L, "the catalog to be stored");
        await Deployment.Bot.Kill();

        using (Deployment.Proxy.Set(new ProxyEffect.Drop()))
        {
            await Deployment.StartBot(Ct); // returns once it is ready
            (await Health("live")).Status.ShouldBe(HttpStatusCode.OK);
            (await Health("ready")).Status.ShouldBe(HttpStatusCode.OK);
            await Asks(Alice, "/apps/arena");
            await Told(Alice, "Your request for /apps/arena is taken");
        }

        await Presses(Bob, await Question(Bob, Alice, "/apps/arena"), "Approve");
        await Told(Alice, "Granted: you now have /apps/arena");
    }
}
