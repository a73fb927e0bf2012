using System.Text.Json.Nodes;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>Keycloak is away for long, or takes a privilege back: people are told once, nothing is lost, and what was due is done when it can be.</summary>
public sealed class KeycloakAwayTests(Deployment deployment) : JourneyTest(deployment), IClassFixture<Deployment>
{
    /// <summary>A removal is tried every five minutes at the least.</summary>
    private static readonly TimeSpan untilDone = TimeSpan.FromMinutes(7);

    private static TimeSpan AwayFor => FullScale ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Votes_ends_and_requests_wait_while_Keycloak_is_away_and_each_is_done_and_told_once_afterwards()
    {
        var aftermath = new Aftermath(Deployment);
        var (dave, grace) = (Deployment.Person("dave"), Deployment.Person("grace"));
        var (due, _) = await AsksBoth(Alice, "/apps/river");
        await Presses(Bob, due, "Approve");
        await Told(Alice, "Granted: you now have /apps/river");
        var (voted, _) = await AsksBoth(dave, "/apps/quarry");
        using (Deployment.Proxy.Set(new ProxyEffect.Drop()))
        {
            await EndsNow(due);
            await Presses(Bob, voted, "Approve");
            await Asks(grace, "/apps/valley");
            await Becomes(Bob, voted, m => m.AllText.Contains("Keycloak does not answer. Nothing is lost: it goes on by itself.", StringComparison.Ordinal));
            await Becomes(Bob, due, m => m.AllText.Contains("Is being taken away", StringComparison.Ordinal));
            await Told(grace, "Your request for /apps/valley is taken");
            await Task.Delay(AwayFor, TimeProvider.System, Ct); // nothing is waited for: this is how long it is away
            (await Holds("alice", "/apps/river")).ShouldBeTrue();
            (await Count(Subject(voted), "vote.dropped")).ShouldBe(0);
        }

        await Alice.SeesMessage(m => m.Text.StartsWith("Your access to /apps/river has ended", StringComparison.Ordinal), untilDone, Ct);
        await dave.SeesMessage(m => m.Text.StartsWith("Granted: you now have /apps/quarry", StringComparison.Ordinal), untilDone, Ct);
        var asked = await Bob.SeesMessage(m => m.Buttons.Count > 0 && m.Text.StartsWith("Grace Gray asks for /apps/valley\n", StringComparison.Ordinal), untilDone, Ct);
        (await Holds("alice", "/apps/river")).ShouldBeFalse();
        (await Holds("dave", "/apps/quarry")).ShouldBeTrue();
        (await Count(Subject(due), "grant.held-up")).ShouldBeLessThanOrEqualTo(1);
        await Denies(Bob, asked, "Not today.");
        foreach (var question in new[] { due, voted })
            await Until(() => aftermath.IsMirrored(Subject(question), Ct), "every line of the audit to be in its channel");
        await aftermath.IsClean(Ct);
    }

    [Fact]
    public async Task A_privilege_that_is_taken_from_the_bot_holds_up_grants_and_ends_which_go_on_when_it_is_given_back()
    {
        var erin = Deployment.Person("erin");
        var (due, _) = await AsksBoth(erin, "/apps/summit");
        await Presses(Bob, due, "Approve");
        await Told(erin, "Granted: you now have /apps/summit");
        var (wanted, _) = await AsksBoth(erin, "/apps/phoenix");

        // Without the right to change people; it may still look.
        await Swaps(HttpMethod.Delete, "manage-users");
        await Swaps(HttpMethod.Post, "view-users");
        await EndsNow(due);
        await Presses(Bob, wanted, "Approve");
        const string forbidden = "Keycloak does not let the bot do this; an administrator has to check its permissions.";
        await Becomes(Bob, due, m => m.AllText.Contains(forbidden, StringComparison.Ordinal));
        await Becomes(Bob, wanted, m => m.AllText.Contains(forbidden, StringComparison.Ordinal));
        (await Holds("erin", "/apps/summit")).ShouldBeTrue();
        (await Holds("erin", "/apps/phoenix")).ShouldBeFalse();

        await Swaps(HttpMethod.Post, "manage-users");
        await Told(erin, "Your access to /apps/summit has ended");
        await Told(erin, "Granted: you now have /apps/phoenix");
        (await Held("erin")).ShouldContain("/apps/phoenix");
        (await Held("erin")).ShouldNotContain("/apps/summit");
    }

    /// <summary>Gives the bot's account a role of the realm's management, or takes it.</summary>
    private async Task Swaps(HttpMethod method, string role)
    {
        var account = await UserId("service-account-chat-governance");
        var client = (string)(await Deployment.Realm.Get("clients?clientId=realm-management", Ct))!.AsArray().Single()!["id"]!;
        var found = await Deployment.Realm.Get($"clients/{client}/roles/{role}", Ct);
        await Administrator(method, $"users/{account}/role-mappings/clients/{client}", new JsonArray(found!.DeepClone()));
    }
}
