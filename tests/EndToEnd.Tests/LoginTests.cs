using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>What people prove by logging in: who they are, and that they are still there when the risk is high.</summary>
public abstract partial class LoginTests(LoginDeployment deployment) : JourneyTest(deployment)
{
    /// <summary>Has a chat account and a Keycloak account that nothing connects.</summary>
    private SlackPerson hanna = null!;

    public override async ValueTask InitializeAsync()
    {
        var realm = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "tests", "EndToEnd.Tests", "realm.json"), Ct))!;
        var bot = realm["clients"]!.AsArray().Single(client => (string)client!["clientId"]! == "chat-governance")!;
        bot["standardFlowEnabled"] = true;
        bot["redirectUris"] = new JsonArray("http://127.0.0.1/*");
        var users = realm["users"]!.AsArray();
        foreach (var user in users.Where(user => user!["email"] is not null))
            user!["credentials"] = Password((string)user["username"]!);
        users.Add(new JsonObject
        {
            ["username"] = "hanna",
            ["enabled"] = true,
            ["email"] = "hanna@example.org",
            ["emailVerified"] = true,
            ["firstName"] = "Hanna",
            ["lastName"] = "Hill",
            ["realmRoles"] = new JsonArray("default-roles-e2e"),
            ["credentials"] = Password("hanna"),
        });
        realm["groups"]!.AsArray().Single(group => (string)group!["name"]! == "apps")!["subGroups"]!.AsArray().Add(JsonNode.Parse(
            """{"name": "vault", "attributes": {"requestable": ["true"], "default-duration": ["1h"], "max-duration": ["8h"], "risk": ["high"]}}"""));
        await Deployment.Start(realm.ToJsonString(), Ct);
        hanna = Deployment.Workspace.State.Users.ContainsKey("U0000009") ? Deployment.Person("hanna") : Deployment.Workspace.AddPerson(SandboxPeople.Person(9, "hanna", "Hanna <Hill>"));
    }

    [Fact]
    public async Task Somebody_connects_an_account_asks_and_ends_the_connection()
    {
        using var browser = new LoginBrowser();
        var page = await browser.Open(await AsksToLink(hanna), Ct);
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Html.ShouldContain("hanna");
        page.Html.ShouldNotContain("<Hill>");
        page.Html.ShouldNotContain("<script");
        page.Headers["Cache-Control"].ShouldBe("no-store");
        page.Headers["X-Frame-Options"].ShouldBe("DENY");
        page.Headers["Content-Security-Policy"].ShouldStartWith("default-src 'none'; style-src 'sha256-");

        var shown = await LogsIn(browser, page, "hanna");
        shown.Html.ShouldContain("You are logged in as <strong>Hanna Hill</strong> (hanna)");
        shown.Address.Query.ShouldBeEmpty();
        (await browser.Open(shown.Address, Ct)).Html.ShouldBe(shown.Html);
        var code = Code().Match(shown.Html).Value;

        await Types(Alice, $"link {code}");
        (await Told(Alice, "Your account was not connected")).AllText.ShouldContain("No code is expected from your chat account");
        await Types(hanna, $"link {code}");
        await Told(hanna, "Your chat account is connected with Hanna Hill (hanna)");

        await Asks(hanna, "/apps/summit");
        await Direct(Bob, m => m.Text.StartsWith("Hanna Hill asks for /apps/summit", StringComparison.Ordinal));
        await Types(Bob, "links");
        (await Told(Bob, "Connected accounts")).AllText.ShouldContain("T0000001/U0000009: Hanna Hill (hanna), since");
        await Types(Bob, "unlink hanna");
        await Told(hanna, "Your chat account is no longer connected");
        (await Count("account:slack:T0000001/U0000009", "link.made")).ShouldBe(1);
        (await Count("account:slack:T0000001/U0000009", "link.ended")).ShouldBe(1);
    }

    [Fact]
    public async Task An_address_is_taken_by_one_browser_and_one_login()
    {
        var frank = Deployment.Workspace.AddPerson(SandboxPeople.Person(10, $"ida{Guid.CreateVersion7():n}", "Ida Iverson"));
        var address = await AsksToLink(frank);
        using var mine = new LoginBrowser();
        using var other = new LoginBrowser();
        using var blank = new LoginBrowser();
        var (page, theirs) = (await mine.Open(address, Ct), await other.Open(address, Ct));

        (await blank.Send(page, Ct)).Html.ShouldContain("another browser"); // a form of another site: no cookie goes along
        var login = await mine.Send(page, Ct);
        (await other.Send(theirs, Ct)).Html.ShouldContain("another browser");
        (await mine.Send(login, Ct, ("username", "hanna"), ("password", "wrong"))).Html.ShouldContain("Invalid username or password");
        var altered = new Uri(address.ToString()[..^1] + (address.ToString()[^1] == 'A' ? 'B' : 'A'));
        (await mine.Open(altered, Ct)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await mine.Open(new Uri(Deployment.Bot.Url, $"signin-keycloak?state={new string('0', 80)}&code=x"), Ct)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_decision_on_a_high_risk_counts_after_a_login_of_the_approver()
    {
        var (bobs, _) = await AsksBoth(Alice, "/apps/vault");
        bobs.AllText.ShouldContain("a decision counts after a fresh login");
        await Presses(Bob, bobs, "Approve");
        var asked = await Told(Bob, "Log in to confirm: approve /apps/vault for Alice Adams");
        var address = new Uri(asked.Buttons.Single().Url!);
        (await Holds("alice", "/apps/vault")).ShouldBeFalse();

        using (var carols = new LoginBrowser())
        {
            var page = await carols.Open(address, Ct);
            page.Html.ShouldContain("<dd>Approve</dd>");
            page.Html.ShouldContain("Alice Adams");
            page.Html.ShouldContain(Reason);
            page.Html.ShouldContain("1 hour");
            var refused = await LogsIn(carols, page, "carol");
            refused.Html.ShouldContain("Somebody else logged in");
            (await Holds("alice", "/apps/vault")).ShouldBeFalse();

            var leaving = await carols.Open(new Uri(WebUtility.HtmlDecode(LogOut().Match(refused.Html).Groups[1].Value)), Ct);
            (await carols.Send(leaving, Ct)).Html.ShouldContain("You are logged out");

            // The same browser may try again: as Bob.
            (await LogsIn(carols, await carols.Open(address, Ct), "bob")).Html.ShouldContain("Your decision is confirmed by this login");
        }

        await Told(Alice, "Granted: you now have /apps/vault");
        (await Count(Subject(bobs), "vote.confirmation-refused")).ShouldBe(1);
        (await Count(Subject(bobs), "vote.confirmed")).ShouldBe(1);
    }

    private static JsonArray Password(string value) => new(new JsonObject { ["type"] = "password", ["value"] = value, ["temporary"] = false });

    private static async Task Types(SlackPerson who, string text) => (await who.Types($"/request-access {text}", Ct)).Error.ShouldBeNull();

    /// <returns>The address that they alone were told.</returns>
    private static async Task<Uri> AsksToLink(SlackPerson who)
    {
        var before = Newest(who);
        await Types(who, "link");
        return new Uri((await Told(who, "Connect your Keycloak account", before)).Buttons.Single().Url!);
    }

    /// <summary>Presses the page's button, and fills Keycloak's own form.</summary>
    private static async Task<SeenPage> LogsIn(LoginBrowser browser, SeenPage page, string username)
    {
        var login = await browser.Send(page, Ct);
        login.Html.ShouldContain("password");
        return await browser.Send(login, Ct, ("username", username), ("password", username));
    }

    [GeneratedRegex("href=\"([^\"]*)\"[^>]*>Log out of Keycloak<")]
    private static partial Regex LogOut();

    [GeneratedRegex("[0-9]{4}-[0-9]{4}(?=</strong>)")]
    private static partial Regex Code();
}

public sealed class SandboxLoginTests(SandboxLoginDeployment deployment) : LoginTests(deployment), IClassFixture<SandboxLoginDeployment>;

public sealed class KeycloakLoginTests(LoginDeployment deployment) : LoginTests(deployment), IClassFixture<LoginDeployment>;
