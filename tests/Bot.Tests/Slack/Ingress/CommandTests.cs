using System.Text.Json.Nodes;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;
using static ChatGovernance.Bot.Tests.Slack.SignedCalls;

namespace ChatGovernance.Bot.Tests.Slack.Ingress;

public sealed class CommandTests : IngressTest
{
    [Fact]
    public async Task A_command_is_stored_answered_with_nothing_and_wakes_the_workers()
    {
        (await Sends("slack/commands", Command("prod db"))).ShouldBe("");

        Bot.Read(0).ShouldBe(new Command.OpenRequestForm(Alice, "111.222.aaa", "prod db"));
        Bot.Inbox.Stored[0].Key.ShouldBe("slack:111.222.aaa");
        Bot.Inbox.Woken.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_command_again_is_answered_alike_and_stored_once()
    {
        var first = await Sends("slack/commands", Command("prod"));
        (await Sends("slack/commands", Command("prod"))).ShouldBe(first);

        Bot.Inbox.Stored.Count.ShouldBe(1);
        Bot.Inbox.Woken.ShouldBe(1);
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
        Bot.Inbox.Offered.ShouldBe(0);
    }

    [Fact]
    public async Task Status_is_a_command_of_its_own()
    {
        await Sends("slack/commands", Command("status"));

        Bot.Read(0).ShouldBe(new Command.ShowStatus(Alice));
    }

    [Theory]
    [InlineData("link")]
    [InlineData("  LINK ")]
    public async Task Link_begins_to_connect_the_account_that_typed_it(string text)
    {
        (await Sends("slack/commands", Command(text))).ShouldBe("");

        Bot.Read(0).ShouldBe(new Command.BeginLink(Alice));
        Bot.Inbox.Stored[0].Subject.ShouldBe(Subject.Of(Alice));
    }

    [Fact]
    public async Task What_follows_link_is_a_code_whatever_it_looks_like()
    {
        await Sends("slack/commands", Command("link 1234-5678"));

        Bot.Read(0).ShouldBe(new Command.EnterCode(Alice, "1234-5678"));
    }

    [Fact]
    public async Task Unlink_names_somebody_or_oneself()
    {
        await Sends("slack/commands", Form(("command", "/request-access"), ("user_id", Alice.User), ("team_id", Alice.Tenant), ("trigger_id", "1.2.3"), ("text", "unlink")));
        await Sends("slack/commands", Form(("command", "/request-access"), ("user_id", Alice.User), ("team_id", Alice.Tenant), ("trigger_id", "1.2.4"), ("text", "unlink  bob ")));
        await Sends("slack/commands", Form(("command", "/request-access"), ("user_id", Alice.User), ("team_id", Alice.Tenant), ("trigger_id", "1.2.5"), ("text", "links")));

        Bot.Read(0).ShouldBe(new Command.EndLink(Alice, null));
        Bot.Read(1).ShouldBe(new Command.EndLink(Alice, "bob"));
        Bot.Read(2).ShouldBe(new Command.ShowLinks(Alice));
    }

    [Fact]
    public async Task On_Grid_a_person_belongs_to_the_enterprise()
    {
        await Sends("slack/commands", Form(("command", "/request-access"), ("user_id", "U1"), ("team_id", "T1"), ("enterprise_id", "E1"), ("trigger_id", "1.2.3")));

        Bot.Read(0).By.ShouldBe(new ChatAccount(ChatPlatform.Slack, "E1", "U1"));
    }
}
