using System.Text.Json.Nodes;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>An attribute that people can write themselves says nothing about who they are.</summary>
public sealed class UnprotectedAttributeTests(Deployment deployment) : JourneyTest(deployment), IClassFixture<Deployment>
{
    [Fact]
    public async Task It_neither_files_a_request_nor_counts_a_vote()
    {
        var (bobs, _) = await AsksBoth(Alice, "/apps/arena");
        var profile = (await Deployment.Realm.Get("users/profile", Ct))!;
        var slack = profile["attributes"]!.AsArray().Single(a => (string)a!["name"]! == "slack-id")!;
        slack["permissions"]!["edit"] = new JsonArray("admin", "user");
        await Administrator(HttpMethod.Put, "users/profile", profile);

        await Presses(Bob, bobs, "Approve");
        (await Told(Bob, "Your decision on /apps/arena does not count")).AllText.ShouldContain("not connected to a Keycloak account");
        (await Count(Subject(bobs), "request.approved")).ShouldBe(0);
        (await Alice.Types("/request-access /apps/summit", Ct)).Error.ShouldBeNull();
        var modal = await Alice.SeesModal(timeout: Patience, ct: Ct);
        await modal.Shows(v => v.AllText.Contains("not connected to a Keycloak account", StringComparison.Ordinal), Patience, Ct);

        slack["permissions"]!["edit"] = new JsonArray("admin");
        await Administrator(HttpMethod.Put, "users/profile", profile);
        await Presses(Bob, bobs, "Approve");
        await Told(Alice, "Granted: you now have /apps/arena");
    }
}
