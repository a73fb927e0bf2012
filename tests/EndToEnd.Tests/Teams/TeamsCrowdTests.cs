using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Bots;
using ChatGovernance.TestSupport.Teams;

namespace ChatGovernance.EndToEnd.Tests.Teams;

/// <summary>More people decide than Teams can be asked to show their own view (60).</summary>
public sealed class TeamsCrowdTests(CrowdTeamsDeployment deployment) : TeamsTest(deployment), IClassFixture<CrowdTeamsDeployment>
{
    private const string Channel = "19:plaza@thread.tacv2";

    public override async ValueTask InitializeAsync()
    {
        await Deployment.Start(await Realm(), Ct);
        await base.InitializeAsync();
    }

    [Fact]
    public async Task Everybody_in_the_channel_sees_the_buttons_and_who_may_press_is_found_out_at_the_press()
    {
        Tenant.Put(Channel, Tenant.People);
        (await TeamsAlice.Send(TeamsAlice.Activity("conversationUpdate", Channel), Ct)).Status.ShouldBe(HttpStatusCode.OK);

        await Asks(TeamsAlice, "/apps/plaza");

        var card = await Tenant.Sees(Channel, TeamsBob.User, m => m.Summary == "Alice Adams asks for /apps/plaza", "the card in the channel", Ct);
        card.Buttons.ShouldContain(button => button.Text == "Approve");
        card.Card.GetProperty("refresh").GetProperty("userIds").GetArrayLength().ShouldBe(60);
        await TeamsBob.Clicks(card, "Approve", Ct);
        await Told(TeamsBob, "You are not among the people who decide on this");
        (await Holds("alice", "/apps/plaza")).ShouldBeFalse();

        (await deployment.TeamsPerson(CrowdTeamsDeployment.Crowd[^1].Name).Clicks(card, "Approve", Ct)).InnerStatus.ShouldBe(200);
        await Told(TeamsAlice, "Granted: you now have /apps/plaza");
    }

    /// <summary>The usual one, with the crowd, and what it decides on.</summary>
    private static async Task<string> Realm()
    {
        var realm = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "tests", "EndToEnd.Tests", "realm.json"), Ct))!;
        realm["groups"]!.AsArray().Add(new JsonObject { ["name"] = "crowd" });
        realm["groups"]!.AsArray().Single(group => (string?)group!["name"] == "apps")!["subGroups"]!.AsArray().Add(new JsonObject
        {
            ["name"] = "plaza",
            ["attributes"] = new JsonObject
            {
                ["requestable"] = new JsonArray("true"),
                ["approver-group"] = new JsonArray("/crowd"),
                ["approver-channel"] = new JsonArray(Channel),
                ["default-duration"] = new JsonArray("1h"),
            },
        });
        foreach (var user in CrowdTeamsDeployment.Crowd)
        {
            realm["users"]!.AsArray().Add(new JsonObject
            {
                ["username"] = user.Name,
                ["enabled"] = true,
                ["firstName"] = "Crowd",
                ["lastName"] = user.Name.ToUpper(CultureInfo.InvariantCulture),
                ["attributes"] = new JsonObject { ["teams-id"] = new JsonArray($"{TeamsTenant.TenantId}/{user.ObjectId}") },
                ["groups"] = new JsonArray("/crowd"),
            });
        }

        return realm.ToJsonString();
    }
}
