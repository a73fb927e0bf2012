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
    [InlineData(503)]
    public async Task What_is_to_be_tried_again_is_said_once_after_the_wait(int status)
    {
        var after = Newest(TeamsAlice);
        Tenant.Fail(call => IsPostTo(call, TeamsAlice), new ConnectorFault(status, RetryAfter: 1));
        await TeamsAlice.Types("status", Ct);

        await TeamsAlice.Sees(m => string.CompareOrdinal(m.Id, after) > 0 && m.Summary == "Your access", Ct);
        Since(TeamsAlice, after).Count(m => m.Summary == "Your access").ShouldBe(1);
    }

    [Fact]
    public async Task Much_that_is_said_at_once_is_said_at_a_pace_that_Teams_takes()
    {
        var erin = deployment.TeamsPerson("erin");
        var after = Newest(erin);
        var calls = Tenant.Calls.Count;

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => erin.Types("status", Ct)));

        await erin.Sees(_ => Since(erin, after).Count(m => m.Summary == "Your access") == 12, Ct);
        Tenant.Calls.Skip(calls).ShouldAllBe(call => call.Status != 429);
    }

    [Fact]
    public async Task In_a_channel_the_bot_hears_what_mentions_it_and_answers_that_person_alone()
    {
        const string channel = "19:general@thread.tacv2";
        Tenant.Put(channel, TeamsBob.User, TeamsAlice.User);
        var after = Newest(TeamsAlice);

        (await TeamsAlice.Types("request  access\u00A0/apps/summit", Ct, channel)).Status.ShouldBe(HttpStatusCode.OK);

        var form = await TeamsAlice.Sees(m => string.CompareOrdinal(m.Id, after) > 0 && m.Buttons.Any(button => button.Text == "Send"), Ct);
        form.Inputs["target"].ShouldNotBeEmpty();
        Tenant.Messages(channel, TeamsBob.User).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_post_whose_answer_is_lost_is_made_once_more_and_no_further()
    {
        var (after, uncertain, givenUp) = (Newest(TeamsCarol), await Uncertain(TeamsCarol), await GivenUp());
        Tenant.Fail(call => IsPostTo(call, TeamsCarol), new ConnectorFault(null, Done: true), new ConnectorFault(null, Done: true));
        await TeamsCarol.Types("status", Ct);

        await Until(async () => await GivenUp() > givenUp, "it to be given up");
        Since(TeamsCarol, after).Count(m => m.Summary == "Your access").ShouldBe(2);
        (await Uncertain(TeamsCarol)).ShouldBe(uncertain + 1);

        Task<long> GivenUp() => Ask($"SELECT count(*) FROM audit WHERE kind = 'message.set-aside' AND subject = 'account:teams:{TeamsTenant.TenantId}/{TeamsCarol.User.ObjectId}'");
    }

    [Theory]
    [InlineData(502)]
    [InlineData(504)]
    public async Task What_a_gateway_gave_up_on_may_be_there_and_is_said_once_more_at_most(int status)
    {
        var frank = deployment.TeamsPerson("frank");
        var after = Newest(frank);
        Tenant.Fail(call => IsPostTo(call, frank), new ConnectorFault(status, Done: true));
        var uncertain = await Uncertain(frank);

        await frank.Types("status", Ct);

        await frank.Sees(_ => Since(frank, after).Count(m => m.Summary == "Your access") == 2, Ct);
        (await Uncertain(frank)).ShouldBe(uncertain + 1);
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
        var carols = await Question(TeamsCarol, "Erin Evans", "/apps/echo");
        await TeamsCarol.Clicks(carols, "Approve", Ct);
        await Told(erin, "Granted: you now have /apps/echo");
    }

    [Fact]
    public async Task Who_blocked_the_bot_and_writes_to_it_again_is_shown_what_waits_without_a_new_installation()
    {
        var grace = deployment.TeamsPerson("grace");
        var bobs = Newest(TeamsBob);
        Tenant.Block(TeamsCarol.User);
        await Asks(grace, "/apps/river");
        await Question(TeamsBob, "Grace Gray", "/apps/river", bobs);
        await Until(async () => await Ask($"SELECT count(*) FROM conversations WHERE id = '{TeamsCarol.Direct}' AND ended_at IS NOT NULL") == 1, "it to be noticed");
        Tenant.Block(TeamsCarol.User, isBlocked: false);

        await TeamsCarol.Types("status", Ct);

        await Question(TeamsCarol, "Grace Gray", "/apps/river");
    }

    [Fact]
    public async Task A_conversation_that_is_gone_is_noticed_and_shows_how_it_stands_after_a_new_installation()
    {
        var grace = deployment.TeamsPerson("grace");
        var (bobs, _) = await AsksBoth(grace, TeamsBob, TeamsCarol, "/apps/phoenix");
        var mine = await Told(grace, "Your request for /apps/phoenix waits");
        Tenant.Delete(grace.Direct);

        await TeamsBob.Clicks(bobs, "Approve", Ct);

        await Until(async () => await Ask($"SELECT count(*) FROM conversations WHERE id = '{grace.Direct}' AND ended_at IS NOT NULL") == 1, "it to be noticed");
        await Until(() => Holds("grace", "/apps/phoenix"), "the grant");
        await Until(async () => await Count(Subject(bobs), "message.set-aside") > 0, "the audit to say that she could not be told");

        await grace.Installs(Ct);
        await Becomes(grace, mine, m => m.AllText.Contains("Approved by Bob Brown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_conversation_that_somebody_else_opens_at_the_same_moment_is_asked_for_again()
    {
        await Deployment.Audit.Tamper($"DELETE FROM conversations WHERE id = '{TeamsCarol.Direct}'", Ct);
        Tenant.Fail(call => call.Path == "/v3/conversations", new ConnectorFault(409, "Conflict"));
        var after = Newest(TeamsCarol);

        await Asks(TeamsAlice, "/apps/quarry");

        await Question(TeamsCarol, "Alice Adams", "/apps/quarry", after);
        (await Ask($"SELECT count(*) FROM conversations WHERE id = '{TeamsCarol.Direct}' AND ended_at IS NULL")).ShouldBe(1);
    }

    [Fact]
    public async Task Who_takes_the_bot_out_hears_nothing_and_is_welcomed_when_it_comes_back()
    {
        var frank = deployment.TeamsPerson("frank");
        (await frank.Uninstalls(Ct)).Status.ShouldBe(HttpStatusCode.OK);
        var calls = Tenant.Calls.Count(call => IsPostTo(call, frank));
        (await Ask($"SELECT count(*) FROM conversations WHERE id = '{frank.Direct}' AND ended_at IS NOT NULL")).ShouldBe(1);

        var after = Newest(frank);
        (await frank.Installs(Ct)).Status.ShouldBe(HttpStatusCode.OK);
        await Told(frank, "Hello!", after);
        Tenant.Calls.Count(call => IsPostTo(call, frank)).ShouldBeGreaterThan(calls);
    }

    private Task<long> Uncertain(TeamsPerson who) => Ask($"SELECT count(*) FROM audit WHERE kind = 'message.uncertain' AND subject = 'account:teams:{TeamsTenant.TenantId}/{who.User.ObjectId}'");

    private async Task<long> Ask(string sql) => (long)(await Deployment.Audit.Ask(sql, Ct))!;

    private static IReadOnlyList<TeamsMessage> Questions(TeamsPerson person, string target) => [.. person.Messages.Where(m => m.Summary == $"Dave Dunn asks for {target}")];

    private static IReadOnlyList<TeamsMessage> Since(TeamsPerson person, string after) => [.. person.Messages.Where(m => string.CompareOrdinal(m.Id, after) > 0)];

    private static bool IsPostTo(ConnectorCall call, TeamsPerson person) => call.Method == "POST" && call.Path == $"/v3/conversations/{person.Direct}/activities";
}
