using System.Net;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>What a load balancer is told, and what goes on without Keycloak.</summary>
public sealed class HealthTests(Deployment deployment) : JourneyTest(deployment), IClassFixture<Deployment>
{
    [Fact]
    public async Task A_bot_that_starts_without_Keycloak_is_ready_and_takes_requests_for_what_it_knows()
    {
        (await Ask("live")).ShouldBe((HttpStatusCode.OK, "Healthy"));
        await Until(async () => await Ask("ready") is (HttpStatusCode.OK, "Healthy"), "the catalog to be read");
        await Until(async () => await Deployment.Audit.Ask("SELECT count(*) FROM catalog", Ct) is 1L, "the catalog to be stored");
        await Deployment.Bot.Kill();

        using (Deployment.Proxy.Set(new ProxyEffect.Drop()))
        {
            await Deployment.StartBot(Ct); // returns once it is ready
            (await Ask("live")).Status.ShouldBe(HttpStatusCode.OK);
            (await Ask("ready")).Status.ShouldBe(HttpStatusCode.OK);
            await Asks(Alice, "/apps/arena");
            await Told(Alice, "Your request for /apps/arena is taken");
        }

        await Bob.Clicks(await Question(Bob, Alice, "/apps/arena"), "Approve", Ct);
        await Told(Alice, "Granted: you now have /apps/arena");
    }

    private async Task<(HttpStatusCode Status, string Body)> Ask(string check)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler);
        using var answer = await http.GetAsync(new Uri(Deployment.Bot.Url, $"health/{check}"), Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }
}
