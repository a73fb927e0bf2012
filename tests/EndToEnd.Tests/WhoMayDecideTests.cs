using System.Net;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>Clicks of people who may not decide, or that nobody made.</summary>
public sealed class WhoMayDecideTests(Deployment deployment) : JourneyTest(deployment), IClassFixture<Deployment>
{
    private readonly SlackCalls calls = new(deployment);

    public override ValueTask DisposeAsync()
    {
        calls.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task Nobody_approves_their_own_request_though_they_belong_to_the_approvers()
    {
        await Asks(Alice, "/apps/mirror");
        var bobs = await Question(Bob, Alice, "/apps/mirror");
        AllTold(Alice, "Alice Adams asks for /apps/mirror").ShouldBeEmpty();

        (await calls.Post(SlackCalls.Click(Alice, bobs, "Approve"), Ct)).ShouldBe(HttpStatusCode.OK);
        (await Told(Alice, "Your decision on /apps/mirror does not count")).AllText.ShouldContain("Nobody decides on their own request.");
        await IsStillOpen(Bob, bobs);
        (await Holds("alice", "/apps/mirror")).ShouldBeFalse();

        await Presses(Bob, bobs, "Approve");
        await Told(Alice, "Granted: you now have /apps/mirror");
    }

    [Fact]
    public async Task A_click_of_somebody_else_does_not_count()
    {
        var dave = Deployment.Person("dave");
        var (bobs, _) = await AsksBoth(Alice, "/apps/fortress");
        (await calls.Post(SlackCalls.Click(dave, bobs, "Approve"), Ct)).ShouldBe(HttpStatusCode.OK);

        (await Told(dave, "Your decision on /apps/fortress does not count")).AllText.ShouldContain("You are not among the people who decide on this.");
        await IsStillOpen(Bob, bobs);
    }

    [Fact]
    public async Task A_click_of_a_chat_account_that_nobody_is_proved_to_own_does_not_count()
    {
        var zoe = Deployment.Workspace.AddPerson(SandboxPeopleOf(8, "zoe"));
        var (bobs, _) = await AsksBoth(Alice, "/apps/valley");
        (await calls.Post(SlackCalls.Click(zoe, bobs, "Approve"), Ct)).ShouldBe(HttpStatusCode.OK);

        (await Told(zoe, "Your decision on /apps/valley does not count")).AllText.ShouldContain("not connected to a Keycloak account");
        await IsStillOpen(Bob, bobs);
    }

    [Fact]
    public async Task A_forged_or_old_click_is_turned_away_and_touches_nothing()
    {
        var (bobs, _) = await AsksBoth(Alice, "/apps/river");
        var inbox = await Deployment.Audit.Ask("SELECT count(*) FROM inbox", Ct);
        var click = SlackCalls.Click(Bob, bobs, "Approve");

        (await calls.Post(click, Ct, secret: "another secret")).ShouldBe(HttpStatusCode.Unauthorized);
        (await calls.Post(click, Ct, age: TimeSpan.FromMinutes(6))).ShouldBe(HttpStatusCode.Unauthorized);
        (await calls.Post(click, Ct, age: TimeSpan.FromMinutes(-6))).ShouldBe(HttpStatusCode.Unauthorized);
        (await Deployment.Audit.Ask("SELECT count(*) FROM inbox", Ct)).ShouldBe(inbox);

        // The same click, signed as it should be, is taken: the refusals have not used it up.
        (await calls.Post(click, Ct)).ShouldBe(HttpStatusCode.OK);
        await Told(Alice, "Granted: you now have /apps/river");
    }

    [Fact]
    public async Task The_vote_of_an_approver_who_has_left_is_dropped_and_another_decides()
    {
        var (bobs, carols) = await AsksBoth(Alice, "/apps/harbor");
        await Administrator(HttpMethod.Delete, $"users/{await UserId("bob")}/groups/{await GroupId("/leavers")}");
        await Presses(Bob, bobs, "Approve");

        (await Told(Bob, "Your decision on /apps/harbor does not count")).AllText.ShouldContain("You are not among the people who decide on this.");
        await IsStillOpen(Carol, carols);
        (await Holds("alice", "/apps/harbor")).ShouldBeFalse();

        await Presses(Carol, carols, "Approve");
        await Told(Alice, "Granted: you now have /apps/harbor");
        (await Holds("alice", "/apps/harbor")).ShouldBeTrue();
        (await Becomes(Bob, bobs, IsClosed)).Text.ShouldStartWith("Approved by Carol Clark");
    }

    /// <summary>The dropped vote is in the audit, no outcome is, and the copy still asks.</summary>
    private async Task IsStillOpen(SlackPerson approver, Sandbox.Slack.SlackMessage question)
    {
        (await Count(Subject(question), "vote.dropped")).ShouldBe(1);
        (await Count(Subject(question), "request.approved")).ShouldBe(0);
        (await Becomes(approver, question, m => m.Buttons.Count == 4)).Text.ShouldStartWith("Alice Adams asks for ");
    }

    private static Sandbox.Slack.SlackUser SandboxPeopleOf(int number, string name) => Sandbox.Slack.SandboxPeople.Person(number, name, "Zoe Zander");
}
