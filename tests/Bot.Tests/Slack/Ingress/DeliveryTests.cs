using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport;
using static ChatGovernance.Bot.Tests.Slack.SignedCalls;

namespace ChatGovernance.Bot.Tests.Slack.Ingress;

public sealed class DeliveryTests : IAsyncLifetime
{
    private const string Form = "0123456789abcdef0123456789abcdef";
    private const string Request = "fedcba9876543210fedcba9876543210";

    private static readonly ChatAccount alice = new(ChatPlatform.Slack, "T0000001", "U0000001");
    private static readonly ChatAccount bob = new(ChatPlatform.Slack, "T0000001", "U0000002");

    private readonly ManualClock clock = new();
    private RunningBot bot = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Target => FixedCatalog.Production.Target.ToString();

    public async ValueTask InitializeAsync() => bot = await RunningBot.Start(null, clock, Ct);

    public async ValueTask DisposeAsync() => await bot.DisposeAsync();

    [Fact]
    public async Task A_command_is_stored_answered_with_nothing_and_wakes_the_workers()
    {
        (await Sends("slack/commands", Command("prod db"))).ShouldBe("");

        bot.Read(0).ShouldBe(new Command.OpenRequestForm(alice, "111.222.aaa", "prod db"));
        bot.Inbox.Stored[0].Key.ShouldBe("slack:111.222.aaa");
        bot.Inbox.Woken.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_command_again_is_answered_alike_and_stored_once()
    {
        var first = await Sends("slack/commands", Command("prod"));
        (await Sends("slack/commands", Command("prod"))).ShouldBe(first);

        bot.Inbox.Stored.Count.ShouldBe(1);
        bot.Inbox.Woken.ShouldBe(1);
    }

    [Theory]
    [InlineData("help", "/request-access status")]
    [InlineData("HELP", "/request-access status")]
    [InlineData("freeze prod", "not available yet")]
    [InlineData("doctor", "not available yet")]
    [InlineData("--force", "do not know")]
    public async Task Help_and_words_that_are_no_search_are_answered_to_the_one_who_typed(string text, string said)
    {
        var answer = JsonNode.Parse(await Sends("slack/commands", Command(text)))!;

        answer["response_type"]!.GetValue<string>().ShouldBe("ephemeral");
        answer["text"]!.GetValue<string>().ShouldContain(said);
        bot.Inbox.Offered.ShouldBe(0);
    }

    [Fact]
    public async Task Status_is_a_command_of_its_own()
    {
        await Sends("slack/commands", Command("status"));

        bot.Read(0).ShouldBe(new Command.ShowStatus(alice));
    }

    [Fact]
    public async Task On_Grid_a_person_belongs_to_the_enterprise()
    {
        await Sends("slack/commands", SignedCalls.Form(("command", "/request-access"), ("user_id", "U1"), ("team_id", "T1"), ("enterprise_id", "E1"), ("trigger_id", "1.2.3")));

        bot.Read(0).By.ShouldBe(new ChatAccount(ChatPlatform.Slack, "E1", "U1"));
    }

    [Fact]
    public async Task In_a_shared_channel_a_person_belongs_to_their_own_workspace()
    {
        var click = Click("approve", Request);
        click["user"]!["team_id"] = "T9999999";

        await Sends("slack/interactions", Payload(click));

        bot.Read(0).By.ShouldBe(new ChatAccount(ChatPlatform.Slack, "T9999999", "U0000002"));
    }

    [Fact]
    public async Task An_interaction_without_the_persons_own_workspace_is_nobodys()
    {
        var click = Click("approve", Request);
        click["user"]!.AsObject().Remove("team_id");

        await Sends("slack/interactions", Payload(click), HttpStatusCode.BadRequest);
        bot.Inbox.Offered.ShouldBe(0);
    }

    [Fact]
    public async Task Approve_votes_by_itself()
    {
        await Sends("slack/interactions", Payload(Click("approve", Request)));

        var request = Parsed(Request);
        bot.Read(0).ShouldBe(new Command.CastVote(bob, request, Choice.Approve, null));
        bot.Inbox.Stored[0].Subject.ShouldBe(Subject.Of(request));
    }

    [Fact]
    public async Task Deny_opens_a_form_and_the_home_button_opens_the_request_form()
    {
        await Sends("slack/interactions", Payload(Click("deny", Request, "1.1.1")));
        await Sends("slack/interactions", Payload(Click("ask", null, "1.1.2")));

        bot.Read(0).ShouldBe(new Command.OpenDenyForm(bob, "1.1.1", Parsed(Request)));
        bot.Read(1).ShouldBe(new Command.OpenRequestForm(bob, "1.1.2", ""));
    }

    [Theory]
    [InlineData("approve", "not-an-id")]
    [InlineData("approve", null)]
    [InlineData("make-me-admin", Request)]
    [InlineData("target", null)]
    public async Task A_click_that_no_message_of_ours_offers_is_recorded(string action, string? value)
    {
        await Sends("slack/interactions", Payload(Click(action, value)));

        bot.Read(0).ShouldBeOfType<Command.Impossible>().What.ShouldContain(action);
    }

    [Fact]
    public async Task A_picked_target_comes_with_the_open_form_and_what_is_in_it()
    {
        var click = Click("target", null);
        click["view"] = new JsonObject
        {
            ["id"] = "V77",
            ["callback_id"] = "ask",
            ["private_metadata"] = Form,
            ["state"] = new JsonObject { ["values"] = Asked(Target, "8h", "") },
        };

        await Sends("slack/interactions", Payload(click));

        var pick = bot.Read(0).ShouldBeOfType<Command.PickTarget>();
        pick.View.ShouldBe("V77");
        pick.Form.ToString().ShouldBe(Form);
        pick.Input[Fields.Target].ShouldBe(Target);
        pick.Input[Fields.Duration].ShouldBe("8h");
    }

    [Fact]
    public async Task A_form_is_given_back_with_errors_at_its_fields_until_it_is_right_and_then_accepted_once()
    {
        var wrong = await Submits("1.1", Target, "30d", "short");
        wrong["response_action"]!.GetValue<string>().ShouldBe("errors");
        wrong["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["duration", "justification"]);
        bot.Inbox.Offered.ShouldBe(0);

        var right = await Submits("1.2", Target, "8h", "Looking into the failed backup");
        right.ToJsonString().ShouldBe("""{"response_action":"clear"}""");
        bot.Read(0).ShouldBeOfType<Command.SubmitRequest>().Input[Fields.Justification].ShouldBe("Looking into the failed backup");

        // Pressed twice, or sent again by the platform: another trigger, the same form.
        (await Submits("1.3", Target, "8h", "Looking into the failed backup, again")).ToJsonString().ShouldBe(right.ToJsonString());
        bot.Inbox.Stored.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_form_sent_by_somebody_else_is_another_delivery()
    {
        await Submits("1.1", Target, "8h", "Looking into the failed backup");
        var other = Submission("ask", Form, Asked(Target, "8h", "Looking into the failed backup"), "1.2");
        other["user"]!["id"] = "U0000009";
        await Sends("slack/interactions", Payload(other));

        bot.Inbox.Stored.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_ticket_is_asked_for_at_its_own_field()
    {
        var answer = await Submits("1.1", FixedCatalog.Demo.Target.ToString(), "30m", "Looking into the failed backup");

        answer["errors"]!["ticket"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("group:made-up", "8h")]
    [InlineData("everything", "8h")]
    [InlineData("group:8f0c", "a while")]
    public async Task A_value_that_the_form_could_not_have_sent_is_refused_and_recorded(string target, string duration)
    {
        var answer = await Submits("1.1", target, duration, "Looking into the failed backup");

        answer["response_action"]!.GetValue<string>().ShouldBe("errors");
        bot.Read(0).ShouldBeOfType<Command.Impossible>().What.ShouldContain(target);
        (await Submits("1.2", Target, "8h", "Looking into the failed backup"))["response_action"]!.GetValue<string>().ShouldBe("clear");
    }

    [Theory]
    [InlineData("ask", "no id")]
    [InlineData("deny", Form)]
    [InlineData("deny", Form + " " + "x")]
    [InlineData("other", Form)]
    public async Task A_form_that_is_none_of_ours_is_recorded(string callback, string metadata)
    {
        await Sends("slack/interactions", Payload(Submission(callback, metadata, [])));

        bot.Read(0).ShouldBeOfType<Command.Impossible>();
    }

    [Fact]
    public async Task A_denial_is_a_vote_with_its_reason()
    {
        var values = new JsonObject { ["reason"] = new JsonObject { ["reason"] = new JsonObject { ["type"] = "plain_text_input", ["value"] = "Use the replica" } } };

        (await Sends("slack/interactions", Payload(Submission("deny", $"{Form} {Request}", values)))).ShouldBe("""{"response_action":"clear"}""");

        bot.Read(0).ShouldBe(new Command.CastVote(alice, Parsed(Request), Choice.Deny, "Use the replica"));
        bot.Inbox.Stored[0].Subject.ShouldBe(Subject.Of(Parsed(Request)));
    }

    [Fact]
    public async Task A_search_is_answered_from_memory()
    {
        var search = new JsonObject { ["type"] = "block_suggestion", ["block_id"] = "target", ["action_id"] = "target", ["value"] = "prod" };

        var options = JsonNode.Parse(await Sends("slack/options", Payload(search)))!["options"]!.AsArray();

        options.Count.ShouldBe(1);
        options[0]!["value"]!.GetValue<string>().ShouldBe(Target);
        options[0]!["text"]!["text"]!.GetValue<string>().ShouldBe("/production/database-readers · group");
    }

    [Fact]
    public async Task A_search_never_brings_more_than_Slack_shows()
    {
        bot.Catalog.Current = new Catalog(clock.GetUtcNow(), [.. Enumerable.Range(0, 150).Select(i => FixedCatalog.Entry($"id{i}", $"/teams/{new string('x', 70)}/{i:000}"))], []);
        var search = new JsonObject { ["type"] = "block_suggestion", ["block_id"] = "target", ["value"] = "" };

        var options = JsonNode.Parse(await Sends("slack/options", Payload(search)))!["options"]!.AsArray();

        options.Count.ShouldBe(100);
        options[7]!["text"]!["text"]!.GetValue<string>().ShouldSatisfyAllConditions(text => text.Length.ShouldBe(75), text => text.ShouldEndWith("/007 · group"));
    }

    [Fact]
    public async Task The_event_url_is_confirmed_with_its_challenge()
    {
        (await Sends("slack/events", Encoding.UTF8.GetBytes("""{"type":"url_verification","challenge":"3eZbrw1a","token":"x"}"""))).ShouldBe("""{"challenge":"3eZbrw1a"}""");
        bot.Inbox.Offered.ShouldBe(0);
    }

    [Fact]
    public async Task An_opened_home_is_stored_once_by_its_event_id()
    {
        await Sends("slack/events", HomeOpened("home"));
        await Sends("slack/events", HomeOpened("home"));

        bot.Inbox.Stored.Count.ShouldBe(1);
        bot.Read(0).ShouldBe(new Command.ShowHome(alice));
    }

    [Fact]
    public async Task Other_events_are_answered_and_counted()
    {
        await Sends("slack/events", HomeOpened("messages"));
        await Sends("slack/events", Encoding.UTF8.GetBytes("""{"type":"event_callback","event_id":"Ev2","team_id":"T0000001","event":{"type":"team_join","user":{"id":"U1"}}}"""));

        bot.Inbox.Offered.ShouldBe(0);
        bot.Counted.Ignored("slack/events").ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_database_events_and_clicks_are_put_off_and_people_are_told()
    {
        bot.Inbox.Trouble = new InvalidOperationException("database is away");

        await Sends("slack/events", HomeOpened("home"), HttpStatusCode.ServiceUnavailable);
        await Sends("slack/interactions", Payload(Click("approve", Request)), HttpStatusCode.ServiceUnavailable);
        (await Sends("slack/commands", Command("prod"))).ShouldContain("try again");
        var form = await Submits("1.1", Target, "8h", "Looking into the failed backup");
        form["response_action"]!.GetValue<string>().ShouldBe("errors");
        form["errors"]!["target"]!.GetValue<string>().ShouldContain("try again");
        (await Sends("slack/interactions", Payload(Submission("deny", $"{Form} {Request}", [])))).ShouldContain("try again");

        bot.Inbox.Woken.ShouldBe(0);
        bot.Counted.Refused("slack/interactions", "not-stored").ShouldBe(3);

        bot.Inbox.Trouble = null;
        (await Submits("1.2", Target, "8h", "Looking into the failed backup")).ToJsonString().ShouldBe("""{"response_action":"clear"}""");
    }

    private static byte[] HomeOpened(string tab) => Encoding.UTF8.GetBytes(
        $$$"""{"type":"event_callback","event_id":"Ev1","team_id":"T0000001","event":{"type":"app_home_opened","user":"U0000001","tab":"{{{tab}}}"}}""");

    private static RequestId Parsed(string id) => RequestId.TryParse(id, out var request) ? request : throw new FormatException(id);

    private async Task<JsonNode> Submits(string trigger, string target, string duration, string why) =>
        JsonNode.Parse(await Sends("slack/interactions", Payload(Submission("ask", Form, Asked(target, duration, why), trigger))))!;

    private async Task<string> Sends(string path, byte[] body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = Signed(path, body, clock.GetUtcNow());
        using var response = await bot.Http.SendAsync(request, Ct);
        response.StatusCode.ShouldBe(expected);
        return await response.Content.ReadAsStringAsync(Ct);
    }
}
