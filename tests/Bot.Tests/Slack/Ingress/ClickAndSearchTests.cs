using ChatGovernance.Bot.Tests.Chat;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Offers;
using System.Net;
using System.Text.Json.Nodes;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;
using static ChatGovernance.Bot.Tests.Slack.SignedCalls;

namespace ChatGovernance.Bot.Tests.Slack.Ingress;

public sealed class ClickAndSearchTests : IngressTest
{
    [Fact]
    public async Task In_a_shared_channel_a_person_belongs_to_their_own_workspace()
    {
        var click = Click("approve", RequestText);
        click["user"]!["team_id"] = "T9999999";

        await Sends("slack/interactions", Payload(click));

        Bot.Read(0).Sender.ShouldBe(new ChatAccount(ChatPlatform.Slack, "T9999999", "U0000002"));
    }

    [Fact]
    public async Task An_interaction_without_the_persons_own_workspace_is_nobodys()
    {
        var click = Click("approve", RequestText);
        click["user"]!.AsObject().Remove("team_id");

        await Sends("slack/interactions", Payload(click), HttpStatusCode.BadRequest);
        Bot.Inbox.Offered.ShouldBe(0);
    }

    [Fact]
    public async Task Approve_votes_by_itself()
    {
        await Sends("slack/interactions", Payload(Click("approve", RequestText)));

        Bot.Read(0).ShouldBe(new Command.CastVote(Bob, Request, Choice.Approve, null));
        Bot.Inbox.Stored[0].Subject.ShouldBe(Subject.Of(Request));
    }

    [Fact]
    public async Task Deny_opens_a_form_and_the_home_button_opens_the_request_form()
    {
        await Sends("slack/interactions", Payload(Click("deny", RequestText, "1.1.1")));
        await Sends("slack/interactions", Payload(Click("ask", null, "1.1.2")));

        Bot.Read(0).ShouldBe(new Command.OpenDenyForm(Bob, "1.1.1", Request));
        Bot.Read(1).ShouldBe(new Command.OpenRequestForm(Bob, "1.1.2", ""));
    }

    [Fact]
    public async Task Ask_and_answer_open_forms_about_a_request_and_a_question()
    {
        var question = new Guid("99999999-8888-7777-6666-555555555555");
        await Sends("slack/interactions", Payload(Click("question", RequestText, "1.1.1")));
        await Sends("slack/interactions", Payload(Click("answer", $"{RequestText}:{question:N}", "1.1.2")));
        await Sends("slack/interactions", Payload(Click("answer", RequestText, "1.1.3")));

        Bot.Read(0).ShouldBe(new Command.OpenQuestionForm(Bob, "1.1.1", Request));
        Bot.Read(1).ShouldBe(new Command.OpenAnswerForm(Bob, "1.1.2", Request, question));
        Bot.Read(2).ShouldBeOfType<Command.Impossible>();
    }

    [Fact]
    public async Task The_button_of_an_offer_names_one_way_in()
    {
        var offer = new OfferId(new Guid("99999999-8888-7777-6666-555555555555"));
        await Sends("slack/interactions", Payload(Click("ask-offered", $"{offer}:1", "1.1.1")));

        Bot.Read(0).ShouldBe(new Command.OpenOfferForm(Bob, "1.1.1", offer, 1));
    }

    [Fact]
    public async Task A_change_of_a_login_policy_is_confirmed_or_rejected_in_the_order_of_the_clicks()
    {
        var change = new LoginChangeId(new Guid("99999999-8888-7777-6666-555555555555"));
        await Sends("slack/interactions", Payload(Click("confirm-login-policy", $"{change}", "1.1.1")));
        await Sends("slack/interactions", Payload(Click("reject-login-policy", $"{change}", "1.1.2")));

        Bot.Read(0).ShouldBe(new Command.DecideLoginPolicy(Bob, change, true));
        Bot.Read(1).ShouldBe(new Command.DecideLoginPolicy(Bob, change, false));
        Bot.Inbox.Stored.Select(stored => stored.Subject).ShouldAllBe(subject => subject == Subject.Of(change));
    }

    [Theory]
    [InlineData("confirm-login-policy", null)]
    [InlineData("reject-login-policy", "shop")]
    [InlineData("ask-offered", "99999999888877776666555555555555")]
    [InlineData("ask-offered", "99999999888877776666555555555555:-1")]
    [InlineData("ask-offered", "x:0")]
    [InlineData("approve", "not-an-id")]
    [InlineData("approve", null)]
    [InlineData("make-me-admin", RequestText)]
    [InlineData("target", null)]
    public async Task A_click_that_no_message_of_ours_offers_is_recorded(string action, string? value)
    {
        await Sends("slack/interactions", Payload(Click(action, value)));

        Bot.Read(0).ShouldBeOfType<Command.Impossible>().What.ShouldContain(action);
    }

    [Fact]
    public async Task A_picked_target_comes_with_the_open_form_and_what_is_in_it()
    {
        var click = Click("target", null);
        click["view"] = new JsonObject
        {
            ["id"] = "V77",
            ["callback_id"] = "ask",
            ["private_metadata"] = FormText,
            ["state"] = new JsonObject { ["values"] = Asked(Target, "8h", "") },
        };

        await Sends("slack/interactions", Payload(click));

        var pick = Bot.Read(0).ShouldBeOfType<Command.PickTarget>();
        pick.View.ShouldBe("V77");
        pick.Form.ToString().ShouldBe(FormText);
        pick.Input[Fields.Target].ShouldBe(Target);
        pick.Input[Fields.Duration].ShouldBe("8h");
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
        Bot.Catalog.Current = new Catalog(Clock.GetUtcNow(), [.. Enumerable.Range(0, 150).Select(i => FixedCatalog.Entry($"id{i}", $"/teams/{new string('x', 70)}/{i:000}"))], []);
        var search = new JsonObject { ["type"] = "block_suggestion", ["block_id"] = "target", ["value"] = "" };

        var options = JsonNode.Parse(await Sends("slack/options", Payload(search)))!["options"]!.AsArray();

        options.Count.ShouldBe(100);
        options[7]!["text"]!["text"]!.GetValue<string>().ShouldSatisfyAllConditions(text => text.Length.ShouldBe(75), text => text.ShouldEndWith("/007 · group"));
    }
}
