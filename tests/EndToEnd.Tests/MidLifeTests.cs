using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>A group, a role or a person goes away while a request is open or a grant is live.</summary>
public sealed class MidLifeTests(Deployment deployment) : JourneyTest(deployment), IClassFixture<Deployment>
{
    private const string TargetIsGone = "This no longer exists in Keycloak.";

    [Fact]
    public async Task A_group_that_is_deleted_refuses_its_open_request()
    {
        var (bobs, _) = await AsksBoth(Alice, "/apps/comet");
        await Administrator(HttpMethod.Delete, $"groups/{await GroupId("/apps/comet")}");
        await IsRefused(Alice, bobs, "/apps/comet", TargetIsGone);
    }

    [Fact]
    public async Task A_role_that_is_deleted_refuses_its_open_request()
    {
        var (bobs, _) = await AsksBoth(Alice, "curator");
        await Administrator(HttpMethod.Delete, "roles/curator");
        await IsRefused(Alice, bobs, "curator", TargetIsGone);
    }

    [Fact]
    public async Task A_person_who_is_deleted_is_refused()
    {
        var frank = Deployment.Person("frank");
        var (bobs, _) = await AsksBoth(frank, "/apps/oasis");
        await Administrator(HttpMethod.Delete, $"users/{await UserId("frank")}");
        await IsRefused(frank, bobs, "/apps/oasis", "The Keycloak account no longer exists.");
    }

    [Fact]
    public async Task A_person_who_is_disabled_is_refused()
    {
        var dave = Deployment.Person("dave");
        var (bobs, _) = await AsksBoth(dave, "/apps/dune");
        await Administrator(HttpMethod.Put, $"users/{await UserId("dave")}", new JsonObject { ["enabled"] = false });
        await IsRefused(dave, bobs, "/apps/dune", "The Keycloak account is disabled.");
        (await Holds("dave", "/apps/dune")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_group_that_is_deleted_ends_its_grant()
    {
        var bobs = await IsGranted(Alice, "/apps/meteor");
        await Administrator(HttpMethod.Delete, $"groups/{await GroupId("/apps/meteor")}");
        await HasEnded(Alice, bobs, "/apps/meteor", "it no longer exists in Keycloak");
    }

    [Fact]
    public async Task A_role_that_is_deleted_ends_its_grant()
    {
        var bobs = await IsGranted(Alice, "steward");
        await Administrator(HttpMethod.Delete, "roles/steward");
        await HasEnded(Alice, bobs, "steward", "it no longer exists in Keycloak");
    }

    [Fact]
    public async Task A_person_who_is_deleted_loses_their_grant_long_before_its_end()
    {
        var grace = Deployment.Person("grace");
        var bobs = await IsGranted(grace, "/apps/desert");
        await Administrator(HttpMethod.Delete, $"users/{await UserId("grace")}");
        await HasEnded(grace, bobs, "/apps/desert", "the Keycloak account no longer exists");
    }

    [Fact]
    public async Task A_person_who_is_disabled_loses_their_grant_long_before_its_end()
    {
        var erin = Deployment.Person("erin");
        var bobs = await IsGranted(erin, "/apps/river");
        await Administrator(HttpMethod.Put, $"users/{await UserId("erin")}", new JsonObject { ["enabled"] = false });
        await HasEnded(erin, bobs, "/apps/river", "the Keycloak account is disabled");
        (await Holds("erin", "/apps/river")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_an_administrator_takes_away_ends_the_grant_long_before_its_end_and_stays_away()
    {
        var bobs = await IsGranted(Alice, "/apps/delta");
        await Administrator(HttpMethod.Delete, $"users/{await UserId("alice")}/groups/{await GroupId("/apps/delta")}");
        await HasEnded(Alice, bobs, "/apps/delta", "somebody took it away in Keycloak");
        (await Holds("alice", "/apps/delta")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_role_that_becomes_administrative_is_taken_away_from_its_holder()
    {
        var bobs = await IsGranted(Alice, "treasurer");
        var management = (string)(await Deployment.Realm.Get("clients?clientId=realm-management", Ct))!.AsArray().Single()!["id"]!;
        var part = await Deployment.Realm.Get($"clients/{management}/roles/view-users", Ct);
        await Administrator(HttpMethod.Post, "roles/treasurer/composites", new JsonArray(part!.DeepClone()));
        await HasEnded(Alice, bobs, "treasurer", "it has come to give the right to administer Keycloak itself");
        (await Holds("alice", "treasurer")).ShouldBeFalse();
    }

    private async Task<SlackMessage> IsGranted(SlackPerson who, string target)
    {
        var (bobs, _) = await AsksBoth(who, target);
        await Presses(Bob, bobs, "Approve");
        await Told(who, $"Granted: you now have {target}");
        return bobs;
    }

    private async Task IsRefused(SlackPerson requester, SlackMessage question, string target, string why)
    {
        await Presses(Bob, question, "Approve");
        (await Told(requester, $"Your request for {target} was refused")).AllText.ShouldContain(why);
        (await Becomes(Bob, question, m => m.Buttons.Count == 0)).Text.ShouldStartWith("Refused: ");
        (await Count(Subject(question), "request.refused")).ShouldBe(1);
        (await Count(Subject(question), "grant.waiting")).ShouldBe(0);
    }

    private async Task HasEnded(SlackPerson holder, SlackMessage question, string target, string why)
    {
        (await Told(holder, $"Your access to {target} has ended")).AllText.ShouldContain(why);
        (await Becomes(Bob, question, m => m.AllText.Contains("\nEnded ", StringComparison.Ordinal))).AllText.ShouldContain(why);
        (await Count(Subject(question), "grant.ended")).ShouldBe(1);
    }
}
