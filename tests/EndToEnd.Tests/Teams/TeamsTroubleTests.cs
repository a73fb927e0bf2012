using System.Net;
using ChatGovernance.TestSupport.Bots;
using ChatGovernance.TestSupport.Teams;

namespace ChatGovernance.EndToEnd.Tests.Teams;

/// <summary>Teams is slow, refuses, loses answers, or people do not want to hear from the bot.</summary>
public sealed class TeamsTroubleTests(TeamsAloneDeployment deployment) : TeamsTest(deployment), IClassFixture<TeamsAloneDeployment>
{
    [Fact]
    public async Task A_token_that_is_turned_away_is_replaced_once_however_many_calls_wait()
    {
        var before = Tenant.TokensGiven;
        Tenant.ForgetTokens();
        await Task.WhenAll(Enumerable.Range(0, 3).SelectMany(_ => new[] { TeamsAlice.Types("status", Ct), TeamsBob.Types("status", Ct), TeamsCarol.Types("status", Ct) }));
        foreach (var person in new[] { TeamsAlice, TeamsBob, TeamsCarol })
            await person.Sees(m => m.Summary == "Your access", Ct);

        (Tenant.TokensGiven - before).ShouldBeInRange(1, 4);
        Tenant.Calls.Where(call => call.Status == 401).ShouldAllBe(call => call.Token != null);
    }

    [Theory]
    [InlineData(412)]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_is_to_be_tried_again_is_said_once_after_the_wait(int status)
    {
        var after = Newest(TeamsAlice);
        Tenant.Fail(call => IsPostTo(call, TeamsAlice), new ConnectorFault(status, RetryAfter: 1));
        await TeamsAlice.Types("status", Ct);

        await TeamsAlice.Sees(m => string.CompareOrdinal(m.Id, after) > 0 && m.Summary == "Your access", Ct);
        Since(TeamsAlice, after).Count(m => m.Summary == "Your access").ShouldBe(1);
    }

    [Fact]
    public async Task A_post_whose_answer_is_lost_is_made_once_more_and_no_further()
    {
        var after = Newest(TeamsCarol);
        Tenant.Fail(call => IsPostTo(call, TeamsCarol), new ConnectorFault(null, Done: true), new ConnectorFault(null, Done: true));
        await TeamsCarol.Types("status", Ct);

        await Until(async () => (long)(await Deployment.Audit.Ask($"SELECT count(*) FROM audit WHERE kind = 'message.set-aside' AND subject = 'account:teams:{TeamsTenant.TenantId}/{TeamsCarol.User.ObjectId}'", Ct))! > 0, "it to be given up");
        Since(TeamsCarol, after).Count(m => m.Summary == "Your access").ShouldBe(2);
        (await Deployment.Audit.Ask($"SELECT count(*) FROM audit WHERE kind = 'message.uncertain' AND subject = 'account:teams:{TeamsTenant.TenantId}/{TeamsCarol.User.ObjectId}'", Ct)).ShouldBe(1L);
    }

    [Fact]
    public async Task Either_copy_of_an_uncertain_card_acts_on_the_current_state_and_teaches_its_place()
    {
        var dave = deployment.TeamsPerson("dave");
        Tenant.Fail(call => IsPostTo(call, TeamsBob), new ConnectorFault(null, Done: true), new ConnectorFault(null, Done: true));
        await Asks(dave, "/apps/dune");
        await Until(() => Task.FromResult(Questions(TeamsBob, "/apps/dune").Count == 2), "the second copy");
        var copies = Questions(TeamsBob, "/apps/dune");

        var pressed = await TeamsBob.Clicks(copies[0], "Approve", Ct);

        pressed.InnerStatus.ShouldBe(200, pressed.Body);
        await Told(dave, "Granted: you now have /apps/dune");
        await Becomes(TeamsBob, copies[0], IsClosed);
        var late = await TeamsBob.Refreshes(copies[1], Ct);
        CardReader.Texts(late.Card!.Value).First().ShouldStartWith("Approved by Bob Brown");
    }

    [Fact]
    public async Task Who_blocked_the_bot_is_named_and_what_waits_for_them_is_shown_after_a_new_installation()
    {
        var erin = deployment.TeamsPerson("erin");
        Tenant.Block(TeamsCarol.User);
        var bobs = Newest(TeamsBob);
        await Asks(erin, "/apps/echo");
        var question = await Question(TeamsBob, "Erin Evans", "/apps/echo", bobs);
        await Until(async () => (await Deployment.Audit.Read(Ct, Subject(question))).Any(row => row.Kind is "approver.unreachable" or "message.set-aside"), "the audit to name who cannot be reached");
        var mine = await Told(erin, "Your request for /apps/echo waits");
        (mine.AllText.Contains("Cannot be reached in chat: Carol Clark", StringComparison.Ordinal) || erin.Messages.Any(m => m.Summary.StartsWith("One approver of /apps/echo cannot be reached", StringComparison.Ordinal))).ShouldBeTrue();

        Tenant.Block(TeamsCarol.User, isBlocked: false);
        await TeamsCarol.Installs(Ct);
        await TeamsCarol.Sees(m => m.Summary == "My access" && m.Buttons.Count > 0, Ct);
        await TeamsBob.Clicks(question, "Approve", Ct);
        await Told(erin, "Granted: you now have /apps/echo");
    }

    [Fact]
    public async Task Who_takes_the_bot_out_hears_nothing_and_is_welcomed_when_it_comes_back()
    {
        var frank = deployment.TeamsPerson("frank");
        (await frank.Uninstalls(Ct)).Status.ShouldBe(HttpStatusCode.OK);
        var calls = Tenant.Calls.Count(call => IsPostTo(call, frank));
        (await Deployment.Audit.Ask($"SELECT count(*) FROM conversations WHERE id = '{frank.Direct}' AND ended_at IS NOT NULL", Ct)).ShouldBe(1L);

        var after = Newest(frank);
        (await frank.Installs(Ct)).Status.ShouldBe(HttpStatusCode.OK);
        await Told(frank, "Hello!", after);
        Tenant.Calls.Count(call => IsPostTo(call, frank)).ShouldBeGreaterThan(calls);
    }

    [Fact]
    public async Task In_a_channel_those_who_decide_see_buttons_and_others_do_not()
    {
        const string channel = "19:deciders@thread.tacv2";
        Tenant.Put(channel, TeamsBob.User, TeamsCarol.User, TeamsAlice.User);
        (await TeamsBob.Send(TeamsBob.Activity("conversationUpdate", channel), Ct)).Status.ShouldBe(HttpStatusCode.OK);
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

    private static IReadOnlyList<TeamsMessage> Questions(TeamsPerson person, string target) => [.. person.Messages.Where(m => m.Summary == $"Dave Dunn asks for {target}")];

    private static IReadOnlyList<TeamsMessage> Since(TeamsPerson person, string after) => [.. person.Messages.Where(m => string.CompareOrdinal(m.Id, after) > 0)];

    private static bool IsPostTo(ConnectorCall call, TeamsPerson person) => call.Method == "POST" && call.Path == $"/v3/conversations/{person.Direct}/activities";
}
