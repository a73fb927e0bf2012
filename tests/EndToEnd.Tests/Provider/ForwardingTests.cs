using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests.Provider;

/// <summary>What happens in Keycloak reaches the bot and a SIEM, whoever is away; and whoever is not let in is offered what would let them in.</summary>
public sealed class ForwardingTests(ForwardingDeployment deployment) : JourneyTest(deployment), IClassFixture<ForwardingDeployment>
{
    private const string AdminEvent = "io.chatgovernance.keycloak.admin-event";
    private const string UserEvent = "io.chatgovernance.keycloak.user-event";

    private SlackPerson Erin => Deployment.Person("erin");

    private SlackPerson Grace => Deployment.Person("grace");

    [Fact]
    public async Task Whoever_is_not_let_in_asks_for_what_they_are_offered_and_is_let_in_once_it_is_granted()
    {
        using var browser = new LoginBrowser();
        var page = await LogsIn(browser, "shop", "alice");
        page.Html.ShouldContain("No access to The shop");

        // The page's button says where to look; the message is there already, and there is no second one.
        var offered = await Told(Alice, "The shop did not let you in");
        page = await browser.Send(page, Ct, ("request", "Request access"));
        page.Html.ShouldContain("is writing to you in chat");
        page.Html.ShouldNotContain("value=\"Request access\"");

        var form = await Opens(Alice, async () => await Presses(Alice, offered, "Request curator"));
        await form.Shows(_ => form.Has("duration"), Patience, Ct);
        form.ValueOf("target").ShouldNotBeNull();
        form.Writes("justification", Reason);
        (await form.Submits(Ct)).Errors.ShouldBeEmpty();
        await Becomes(Alice, offered, m => m.Text.Contains("asked for, and not decided yet", StringComparison.Ordinal));
        await Presses(Bob, await Question(Bob, Alice, "curator"), "Approve");
        await Becomes(Alice, offered, m => m.Text.StartsWith("You have what The shop asks for", StringComparison.Ordinal));

        AllTold(Alice, "The shop did not let you in").Count.ShouldBe(0); // it says that by now
        (await LogsIn(browser, "shop", "alice")).Address.Query.ShouldContain("code=");
    }

    [Fact]
    public async Task What_is_needed_together_is_asked_for_in_one_form()
    {
        (await TokenError("desk", "grace")).ShouldBe("access_denied");
        var offered = await Told(Grace, "The desk did not let you in");

        var form = await Opens(Grace, async () => await Presses(Grace, offered, "Request all 2"));
        form.Writes("justification", Reason);
        (await form.Submits(Ct)).Errors.ShouldBeEmpty();
        foreach (var target in (string[])["steward", "/apps/comet"])
            await Presses(Bob, await Question(Bob, Grace, target), "Approve");

        await Becomes(Grace, offered, m => m.Text.StartsWith("You have what The desk asks for", StringComparison.Ordinal));
        (await TokenError("desk", "grace")).ShouldBeNull();
    }

    [Fact]
    public async Task What_somebody_picks_in_the_form_at_login_is_asked_for_with_the_bot_away_and_comes_when_it_is_back()
    {
        await Ask("frank");
        deployment.ToBot.Answers = null;
        try
        {
            using var browser = new LoginBrowser();
            var form = await LogsIn(browser, "ledger-open", "frank");
            form.Html.ShouldContain("What do you need?");
            form.Html.ShouldContain("&lt;script&gt;"); // of a description
            form.Html.ShouldNotContain("/apps/hidden");
            var arena = Value(form, "/apps/arena");

            var again = await browser.Send(form, Ct, ("target", arena), ("length", "30d"), ("reason", "short"));
            again.Html.ShouldContain("Say why in 10 characters or more.");
            again.Html.ShouldContain($"value=\"{arena}\" checked");
            var made = await browser.Send(again, Ct, ("target", arena), ("target", "group:made-up"), ("length", "30d"), ("reason", Reason));
            made.Address.Query.ShouldContain("code="); // nothing holds up the login
        }
        finally
        {
            deployment.ToBot.Answers = HttpStatusCode.NoContent;
        }

        var question = await Question(Bob, Deployment.Person("frank"), "/apps/arena");
        question.Text.ShouldContain("8 hours"); // as long as its rule allows
        await Presses(Bob, question, "Approve");
        await Told(Deployment.Person("frank"), "Granted: you now have /apps/arena");
        deployment.ToBot.Taken.Where(sent => sent.Type == "io.chatgovernance.keycloak.access-request").ShouldAllBe(sent => sent.IsSignedWith(ForwardingDeployment.BotSecret));
        deployment.Siem.Tried.ShouldNotContain(sent => sent.Type == "io.chatgovernance.keycloak.access-request");
    }

    [Fact]
    public async Task The_form_at_login_can_be_put_off_and_holds_up_no_login_without_pages()
    {
        await Ask("dave");
        (await TokenError("ledger-open", "dave")).ShouldBeNull();
        using var browser = new LoginBrowser();
        var form = await LogsIn(browser, "ledger-open", "dave"); // it is still to come
        form.Html.ShouldContain("What do you need?");

        (await browser.Send(form, Ct, ("skip", "Not now"))).Address.Query.ShouldContain("code=");
        using var next = new LoginBrowser();
        (await LogsIn(next, "ledger-open", "dave")).Address.Query.ShouldContain("code=");
    }

    [Fact]
    public async Task A_bot_that_was_killed_offers_what_it_missed()
    {
        await Deployment.Bot.Kill();
        (await TokenError("shop", "erin")).ShouldBe("access_denied");
        await Deployment.StartBot(Ct);

        await Told(Erin, "The shop did not let you in");
    }

    [Fact]
    public async Task A_forged_or_repeated_hint_changes_nothing()
    {
        (await TokenError("desk", "frank")).ShouldBe("access_denied");
        await Told(Deployment.Person("frank"), "The desk did not let you in");
        var sent = deployment.ToBot.Taken.Last(one => one.Type == UserEvent);
        sent.IsSignedWith(ForwardingDeployment.BotSecret).ShouldBeTrue();
        sent.IsSignedWith(ForwardingDeployment.SiemSecret).ShouldBeFalse();

        (await Post(sent, sent.Body.Replace("desk", "shop", StringComparison.Ordinal))).ShouldBe(HttpStatusCode.Unauthorized);
        (await Post(sent, sent.Body)).ShouldBe(HttpStatusCode.NoContent);
        (await Post(sent, sent.Body)).ShouldBe(HttpStatusCode.NoContent);

        // Another denial is read after those: by then whatever they could have done is done.
        (await TokenError("shop", "dave")).ShouldBe("access_denied");
        await Told(Deployment.Person("dave"), "The shop did not let you in");
        AllTold(Deployment.Person("frank"), "The desk did not let you in").Count.ShouldBe(1);
        AllTold(Deployment.Person("frank"), "The shop").Count.ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_is_missing_at_the_SIEM_through_its_own_outage_a_cut_line_and_a_killed_Keycloak()
    {
        await Administrator(HttpMethod.Post, "groups", new JsonObject { ["name"] = "before-it-all" });
        await Until(async () => (await Missing()).Count == 0, "every event at the SIEM");

        deployment.Siem.Answers = HttpStatusCode.ServiceUnavailable;
        await Happen("while-it-refuses");
        await Until(() => Task.FromResult(deployment.Siem.Tried.Any(sent => sent.Answer == HttpStatusCode.ServiceUnavailable)), "a refused try");
        deployment.Siem.Answers = null;
        await Happen("while-it-is-cut");
        await Until(() => Task.FromResult(deployment.Siem.Tried.Any(sent => sent.Answer is null)), "a broken try");
        await deployment.Keycloak.KillNode(deployment.Keycloak.Server.Url.Port);
        await deployment.Keycloak.StartNode(deployment.Keycloak.Server.Url.Port);
        await Happen("after-the-crash");
        deployment.Siem.Answers = HttpStatusCode.NoContent;

        await Until(async () => (await Missing()).Count == 0, "every event at the SIEM");
        deployment.Siem.Tried.ShouldAllBe(sent => sent.IsSignedWith(ForwardingDeployment.SiemSecret));
        var again = deployment.Siem.Tried.GroupBy(sent => sent.Id).Where(tries => tries.Count() > 1).ToList();
        again.ShouldNotBeEmpty();
        again.ShouldAllBe(tries => tries.Select(sent => sent.Body).Distinct().Count() == 1);
        again.SelectMany(tries => tries.Select(sent => sent.Timestamp).Distinct().Skip(1)).ShouldNotBeEmpty("each try is signed at its own time");
    }

    [Fact]
    public async Task An_event_that_the_SIEM_refuses_holds_up_no_other_and_is_tried_again()
    {
        deployment.Siem.Refuses = body => body.Contains("unwanted", StringComparison.Ordinal);
        try
        {
            await Administrator(HttpMethod.Post, "groups", new JsonObject { ["name"] = "unwanted" });
            await Until(() => Task.FromResult(deployment.Siem.Tried.Count(sent => sent.Answer == HttpStatusCode.BadRequest) >= 2), "a second try");
            await Happen("after-it");
            await Until(async () => (await Missing()).Count == 1, "every other event at the SIEM");
        }
        finally
        {
            deployment.Siem.Refuses = _ => false;
        }

        await Until(async () => (await Missing()).Count == 0, "every event at the SIEM");
    }

    [Fact]
    public async Task Of_two_nodes_one_sends_at_a_time_and_each_event_is_sent_once()
    {
        var second = Ports.Free();
        await deployment.Keycloak.StartNode(second);
        try
        {
            await Until(async () => (await Missing()).Count == 0, "every event at the SIEM");
            var before = deployment.Siem.Tried.Count;
            for (var round = 0; round < 10; round++)
                await Happen($"on-two-nodes-{round}");

            await Until(async () => (await Missing()).Count == 0, "every event at the SIEM");
            deployment.Siem.Tried.Skip(before).GroupBy(sent => sent.Id).ShouldAllBe(tries => tries.Count() == 1);
        }
        finally
        {
            await deployment.Keycloak.KillNode(second);
        }
    }

    [Fact]
    public async Task Lint_names_a_policy_that_came_in_with_a_client_and_lets_nobody_in()
    {
        await Administrator(HttpMethod.Post, "clients", new JsonObject
        {
            ["clientId"] = "broken",
            ["protocolMappers"] = new JsonArray(new JsonObject
            {
                ["name"] = "Mistyped",
                ["protocol"] = "openid-connect",
                ["protocolMapper"] = "chatgovernance-oidc-login-policy",
                ["config"] = new JsonObject { ["any-of"] = "curator##curatr", ["all-of"] = "ledger/nothing", ["groups"] = "/apps/arena##/nowhere" },
            }),
        });
        await Administrator(HttpMethod.Post, "client-scopes", new JsonObject
        {
            ["name"] = "night-shift",
            ["protocol"] = "openid-connect",
            ["protocolMappers"] = new JsonArray(new JsonObject
            {
                ["name"] = "Blank",
                ["protocol"] = "openid-connect",
                ["protocolMapper"] = "chatgovernance-oidc-login-policy",
                ["config"] = new JsonObject { ["any-of"] = "curator## " },
            }),
        });

        var (code, output) = await BotProcess.Run(Deployment.Settings, ["lint"], Ct);
        code.ShouldBe(1, output);
        output.ShouldContain("client broken. Its login policy \"Mistyped\" lets nobody in: there is no role or group called curatr, ledger/nothing, /nowhere");
        output.ShouldContain("client scope night-shift. Its login policy \"Blank\" lets nobody in: there is no role or group called (blank)");
        output.ShouldNotContain("client shop");
    }

    /// <summary>An administrator has somebody asked at their next login what they need.</summary>
    private async Task Ask(string username)
    {
        var user = (await Deployment.Realm.Get($"users/{await UserId(username)}", Ct))!;
        user["requiredActions"] = new JsonArray("chatgovernance-access-request");
        await Administrator(HttpMethod.Put, $"users/{(string)user["id"]!}", user);
    }

    /// <summary>Of the box beside a name.</summary>
    private static string Value(SeenPage form, string name) => Regex.Match(form.Html, $"value=\"([^\"]+)\"[^<]*/>\\s*<span>{Regex.Escape(name)}").Groups[1].Value;

    /// <summary>A change by an administrator, a failed login and one that succeeds.</summary>
    private async Task Happen(string name)
    {
        await Administrator(HttpMethod.Post, "groups", new JsonObject { ["name"] = name });
        (await TokenError("shop", "carol", password: "wrong")).ShouldBe("invalid_grant");
        (await TokenError("ledger-open", "carol")).ShouldBeNull();
    }

    /// <summary>Events that Keycloak's own store has and the SIEM has not taken.</summary>
    private async Task<IReadOnlyList<string>> Missing()
    {
        var taken = deployment.Siem.Taken.Where(sent => sent.Type is AdminEvent or UserEvent).Select(sent => sent.Id).ToHashSet();
        var stored = (await Deployment.Realm.Get("events?max=-1", Ct))!.AsArray().Concat((await Deployment.Realm.Get("admin-events?max=-1", Ct))!.AsArray());
        return [.. stored.Select(one => (string)one!["id"]!).Where(id => !taken.Contains(id))];
    }

    private async Task<HttpStatusCode> Post(SentEvent sent, string body)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Deployment.Bot.Url, "/keycloak/events")) { Content = new StringContent(body) };
        request.Headers.Add("webhook-id", sent.Id);
        request.Headers.Add("webhook-timestamp", sent.Timestamp);
        request.Headers.Add("webhook-signature", sent.Signature);
        using var answer = await http.SendAsync(request, Ct);
        return answer.StatusCode;
    }

    private async Task<SeenPage> LogsIn(LoginBrowser browser, string client, string username)
    {
        var page = await browser.Open(new Uri(Deployment.Realm.Server, $"realms/{Deployment.Realm.Name}/protocol/openid-connect/auth?response_type=code&scope=openid&client_id={client}&state=s&redirect_uri={Uri.EscapeDataString($"{deployment.Siem.Url}/nowhere")}"), Ct);
        return page.Html.Contains("name=\"password\"", StringComparison.Ordinal) ? await browser.Send(page, Ct, ("username", username), ("password", username)) : page;
    }

    /// <summary>Null: a token came.</summary>
    private Task<string?> TokenError(string client, string username, string? password = null) => Tokens.Error(Deployment.Realm, client, username, password ?? username, Ct);
}
