using ChatGovernance.TestSupport.Bots;
using ChatGovernance.TestSupport.Teams;

namespace ChatGovernance.EndToEnd.Tests.Teams;

/// <summary>The whole way through in Teams, and from one platform to the other.</summary>
public sealed class TeamsJourneyTests(SandboxTeamsDeployment deployment) : TeamsTest(deployment), IClassFixture<SandboxTeamsDeployment>
{
    [Fact]
    public async Task Somebody_asks_is_approved_holds_it_and_loses_it_again()
    {
        var (bobs, carols) = await AsksBoth(TeamsAlice, TeamsBob, TeamsCarol, "/apps/anchor");
        var mine = await Told(TeamsAlice, "Your request for /apps/anchor waits for a decision");

        var pressed = await TeamsBob.Clicks(bobs, "Approve", Ct);

        pressed.InnerStatus.ShouldBe(200);
        pressed.Card.ShouldNotBeNull();
        await Told(TeamsAlice, "Granted: you now have /apps/anchor");
        (await Holds("alice", "/apps/anchor")).ShouldBeTrue();
        foreach (var (person, message) in new[] { (TeamsBob, bobs), (TeamsCarol, carols), (TeamsAlice, mine) })
            (await Becomes(person, message, m => m.AllText.Contains("Approved by Bob Brown", StringComparison.Ordinal) && IsClosed(m))).Summary.ShouldContain("/apps/anchor");

        await Told(TeamsAlice, "Your access to /apps/anchor has ended");
        (await Holds("alice", "/apps/anchor")).ShouldBeFalse();
        var audit = Tenant.Messages(TeamsTenant.AuditConversation, null);
        var root = audit.Single(m => m.Root is null && m.Summary == "Alice Adams asks for /apps/anchor");
        audit.Where(m => m.Root == root.Id).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_denial_names_who_denied_and_why_and_a_reason_that_is_too_long_comes_back_with_what_was_typed()
    {
        var (bobs, carols) = await AsksBoth(TeamsAlice, TeamsBob, TeamsCarol, "/apps/bridge");
        var form = await TeamsBob.Clicks(bobs, "Deny", Ct);
        CardReader.Texts(form.Card!.Value).ShouldContain("Why? (optional)");

        var shown = await Becomes(TeamsBob, bobs, m => m.Inputs.ContainsKey("reason"));
        var long501 = new string('n', 501);
        await TeamsBob.Clicks(shown, "Deny", Ct, ("reason", long501));
        var back = await Becomes(TeamsBob, bobs, m => m.AllText.Contains("500 characters or less", StringComparison.Ordinal));
        back.Inputs["reason"].ShouldBe(long501);
        (await Count(Subject(bobs), "vote.cast")).ShouldBe(0);

        await TeamsBob.Clicks(back, "Deny", Ct, ("reason", "Ask the owner of the bridge."));
        (await Told(TeamsAlice, "Bob Brown denied your request for /apps/bridge")).AllText.ShouldContain("Ask the owner of the bridge.");
        await Becomes(TeamsCarol, carols, m => m.AllText.Contains("Denied by Bob Brown", StringComparison.Ordinal) && IsClosed(m));
        (await Holds("alice", "/apps/bridge")).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_approvers_at_the_same_moment_make_one_outcome()
    {
        for (var round = 0; round < (FullScale ? 20 : 2); round++)
        {
            var (bobs, carols) = await AsksBoth(TeamsAlice, TeamsBob, TeamsCarol, "/apps/arena");
            var after = Newest(TeamsAlice);
            await Task.WhenAll(TeamsBob.Clicks(bobs, "Approve", Ct), TeamsCarol.Clicks(carols, "Approve", Ct));

            await Told(TeamsAlice, "Granted: you now have /apps/arena", after);
            await Becomes(TeamsBob, bobs, m => m.AllText.Contains("Approved by ", StringComparison.Ordinal));
            (await Count(Subject(bobs), "request.approved")).ShouldBe(1);
            (await Count(Subject(bobs), "vote.counted")).ShouldBe(1);
            (await Count(Subject(bobs), "grant.active")).ShouldBe(1);
        }
    }

    [Fact]
    public async Task An_activity_that_comes_again_counts_once()
    {
        var (bobs, _) = await AsksBoth(TeamsAlice, TeamsBob, TeamsCarol, "/apps/canal");
        var click = TeamsBob.Click(bobs, "Approve");
        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TeamsBob.Send(click, Ct)));
        await Told(TeamsAlice, "Granted: you now have /apps/canal");
        var later = await TeamsBob.Send(click, Ct);

        together.Append(later).ShouldAllBe(answer => answer.Status == System.Net.HttpStatusCode.OK && answer.InnerStatus == 200);
        CardReader.Texts(later.Card!.Value).First().ShouldStartWith("Approved by Bob Brown");
        (await Count(Subject(bobs), "vote.cast")).ShouldBe(1);
        (await Count(Subject(bobs), "vote.refused")).ShouldBe(0);
        (await Count(Subject(bobs), "grant.active")).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_asked_in_Slack_is_decided_in_Teams_and_every_copy_shows_it()
    {
        var slackBob = Newest(Bob);
        await Asks(Alice, "/apps/clover");
        var inSlack = await Question(Bob, Alice, "/apps/clover", slackBob);
        var inTeams = await Question(TeamsBob, "Alice Adams", "/apps/clover");

        await TeamsBob.Clicks(inTeams, "Approve", Ct);

        await Told(Alice, "Granted: you now have /apps/clover");
        (await Holds("alice", "/apps/clover")).ShouldBeTrue();
        await Becomes(Bob, inSlack, m => m.Text.StartsWith("Approved by Bob Brown", StringComparison.Ordinal) && IsClosed(m));
        await Becomes(TeamsBob, inTeams, m => m.AllText.Contains("Approved by Bob Brown", StringComparison.Ordinal) && IsClosed(m));
    }

    [Fact]
    public async Task What_is_asked_in_Teams_is_decided_in_Slack_and_every_copy_shows_it()
    {
        var slackCarol = Newest(Carol);
        var (bobs, _) = await AsksBoth(TeamsAlice, TeamsBob, TeamsCarol, "/apps/comet");
        var inSlack = await Question(Carol, Alice, "/apps/comet", slackCarol);

        await Presses(Carol, inSlack, "Approve");

        await Told(TeamsAlice, "Granted: you now have /apps/comet");
        await Becomes(TeamsBob, bobs, m => m.AllText.Contains("Approved by Carol Clark", StringComparison.Ordinal) && IsClosed(m));
        await Becomes(Carol, inSlack, m => m.Text.StartsWith("Approved by Carol Clark", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_form_as_a_dialog_says_what_is_wrong_at_the_field_and_keeps_what_was_typed()
    {
        var home = await TeamsAlice.Sees(m => m.Summary == "My access" && m.Buttons.Any(button => button.Text == "Request access"), Ct);
        var dialog = await TeamsAlice.Clicks(home, "Request access", Ct);
        dialog.Json!.Value.GetProperty("task").GetProperty("value").GetProperty("title").GetString().ShouldBe("Request access");
        var opened = home with { Card = dialog.Card!.Value };
        var found = await TeamsAlice.Searches(opened, "oasis", Ct);
        var target = found.Json!.Value.GetProperty("value").GetProperty("results")[0];
        target.GetProperty("title").GetString().ShouldBe("/apps/oasis · group");

        var value = target.GetProperty("value").GetString()!;
        var back = await TeamsAlice.Clicks(opened, "Send", Ct, ("target", value), ("duration", "1h"), ("justification", "short"));
        var shown = opened with { Card = back.Card!.Value };
        shown.AllText.ShouldContain("Say why in 10 characters or more.");
        shown.Inputs["justification"].ShouldBe("short");
        shown.Inputs["target"].ShouldBe(value);
        CardReader.All(shown.Card).First(e => CardReader.Type(e) == "Input.ChoiceSet").GetProperty("choices").EnumerateArray()
            .ShouldContain(choice => choice.GetProperty("value").GetString() == value && choice.GetProperty("title").GetString() == "/apps/oasis · group");

        var sent = await TeamsAlice.Clicks(shown, "Send", Ct, ("justification", Reason));
        sent.Words.ShouldBe("Taken. What comes of it is told to you here.");
        await Question(TeamsBob, "Alice Adams", "/apps/oasis");
    }

    [Fact]
    public async Task Every_invoke_is_answered_in_time_while_the_directory_does_not_answer_and_what_comes_of_it_follows()
    {
        var (bobs, _) = await AsksBoth(TeamsAlice, TeamsBob, TeamsCarol, "/apps/garden");
        var form = await Form(TeamsAlice, "/apps/fortress");
        var home = await TeamsAlice.Sees(m => m.Summary == "My access" && m.Buttons.Any(button => button.Text == "Request access"), Ct);
        using (var held = Deployment.Proxy.Set(new ProxyEffect.Hold(), _ => true))
        {
            (await InTime(TeamsBob.Clicks(bobs, "Approve", Ct))).InnerStatus.ShouldBe(200);
            await held.Reached.WaitAsync(Patience, Ct);
            (await InTime(TeamsBob.Refreshes(bobs, Ct))).Card.ShouldNotBeNull();
            CardReader.Texts((await InTime(TeamsAlice.Clicks(home, "Request access", Ct))).Card!.Value).ShouldContain("What do you need?");
            CardReader.Texts((await InTime(TeamsAlice.Clicks(form, "Show details", Ct))).Card!.Value).ShouldContain("Gives: membership of /apps/fortress");
            (await InTime(TeamsAlice.Searches(form, "oasis", Ct))).Body.ShouldContain("/apps/oasis · group");
            CardReader.Texts((await InTime(TeamsAlice.Clicks(form, "Send", Ct, ("justification", Reason)))).Card!.Value).ShouldHaveSingleItem().ShouldStartWith("Taken.");
            (await Count(Subject(bobs), "vote.counted")).ShouldBe(0);
        }

        await Told(TeamsAlice, "Granted: you now have /apps/garden");
        await Question(TeamsBob, "Alice Adams", "/apps/fortress");
    }

    [Fact]
    public async Task What_a_press_claims_is_not_believed()
    {
        var (bobs, _) = await AsksBoth(TeamsAlice, TeamsBob, TeamsCarol, "/apps/delta");
        var (other, _) = await AsksBoth(TeamsAlice, TeamsBob, TeamsCarol, "/apps/dune");

        var elsewhere = TeamsBob.Click(bobs, "Approve");
        elsewhere["value"]!["action"]!["data"]!["value"] = other.Buttons[0].Value;
        var noVerb = TeamsBob.Click(bobs, "Approve");
        noVerb["value"]!["action"]!.AsObject().Remove("verb");
        var otherVerb = TeamsBob.Click(bobs, "Approve");
        otherVerb["value"]!["action"]!["verb"] = "become-administrator";
        var somebodyElses = TeamsAlice.Click(bobs, "Approve");
        var form = await TeamsBob.Clicks(bobs, "Deny", Ct);
        var denied = TeamsBob.Click(bobs with { Card = form.Card!.Value }, "Deny");
        var ids = denied["value"]!["action"]!["data"]!["ids"]!;
        denied["value"]!["action"]!["data"]!["ids"] = ids.GetValue<string>().Replace(bobs.Buttons[0].Value!, other.Buttons[0].Value!, StringComparison.Ordinal);
        var inDialog = TeamsBob.Invoke("task/submit", bobs, new System.Text.Json.Nodes.JsonObject { ["data"] = new System.Text.Json.Nodes.JsonObject { ["verb"] = "approve", ["value"] = bobs.Buttons[0].Value } });
        var peek = TeamsAlice.Invoke("task/fetch", bobs, new System.Text.Json.Nodes.JsonObject { ["data"] = new System.Text.Json.Nodes.JsonObject { ["verb"] = "deny", ["value"] = bobs.Buttons[0].Value } });
        foreach (var (person, click) in new[] { (TeamsBob, elsewhere), (TeamsBob, noVerb), (TeamsBob, otherVerb), (TeamsAlice, somebodyElses), (TeamsBob, denied), (TeamsBob, inDialog), (TeamsAlice, peek) })
        {
            var answer = await person.Send(click, Ct);
            answer.Status.ShouldBe(System.Net.HttpStatusCode.OK);
            answer.Words.ShouldBe("That button or form could not be used. Nothing was changed. Please open it anew.");
        }

        (await Count(Subject(bobs), "vote.cast")).ShouldBe(0);
        (await Count(Subject(other), "vote.cast")).ShouldBe(0);
        var rows = await Deployment.Audit.Ask("SELECT count(*) FROM inbox", Ct);
        (await TeamsAlice.Refreshes(bobs, Ct)).Words.ShouldBe("That button or form could not be used. Nothing was changed. Please open it anew.");
        (await Deployment.Audit.Ask("SELECT count(*) FROM inbox", Ct)).ShouldBe(rows);
    }

    [Fact]
    public async Task In_a_channel_those_who_decide_see_buttons_and_others_do_not()
    {
        const string channel = "19:deciders@thread.tacv2";
        Tenant.Put(channel, TeamsBob.User, TeamsCarol.User, TeamsAlice.User);
        (await TeamsBob.Send(TeamsBob.Activity("conversationUpdate", channel), Ct)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        var group = (await Form(TeamsAlice, "/apps/lagoon")).Inputs["target"]["group:".Length..];
        var settings = (await Deployment.Realm.Get($"groups/{group}", Ct))!;
        settings["attributes"]!["approver-channel"] = new System.Text.Json.Nodes.JsonArray(channel);
        await Administrator(HttpMethod.Put, $"groups/{group}", settings);
        await Until(async () =>
        {
            await Asks(TeamsAlice, "/apps/lagoon", "1h");
            await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, Ct);
            return Tenant.Messages(channel, TeamsAlice.User).Count > 0;
        }, "the card in the channel");

        var card = await Tenant.Sees(channel, TeamsAlice.User, m => m.Summary == "Alice Adams asks for /apps/lagoon", "the card in the channel", Ct);
        card.Buttons.ShouldBeEmpty();
        card.Card.GetProperty("refresh").GetProperty("userIds").EnumerateArray().Select(id => id.GetString()).ShouldBe([TeamsBob.User.MemberId, TeamsCarol.User.MemberId], ignoreOrder: true);
        CardReader.Buttons((await TeamsAlice.Refreshes(card, Ct)).Card!.Value).ShouldBeEmpty();
        await TeamsBob.Refreshes(card, Ct);
        var bobs = await Tenant.Sees(channel, TeamsBob.User, m => m.Id == card.Id && m.Buttons.Count > 0, "the buttons", Ct);
        await TeamsBob.Clicks(bobs, "Approve", Ct);
        await Told(TeamsAlice, "Granted: you now have /apps/lagoon");
        await Tenant.Sees(channel, null, m => m.Id == card.Id && m.Summary.StartsWith("Approved by Bob Brown", StringComparison.Ordinal), "the outcome", Ct);
    }

    /// <summary>Teams waits for ten seconds or so.</summary>
    private static Task<BotAnswer> InTime(Task<BotAnswer> answer) => answer.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Ct);
}
