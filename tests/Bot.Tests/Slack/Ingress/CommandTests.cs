using System.Text.Json.Nodes;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.LoginPolicies;
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
    [InlineData("review", "not available yet")]
    [InlineData("freeze prod", "Write /request-access freeze.")]
    [InlineData("revoke", "Write /request-access revoke PERSON")]
    [InlineData("allow alice", "Write /request-access allow PERSON TARGET")]
    [InlineData("doctor now", "Write /request-access doctor.")]
    [InlineData("explain", "Write /request-access explain me TARGET")]
    [InlineData("explain me", "Write /request-access explain me TARGET")]
    [InlineData("who", "Write /request-access who TARGET")]
    [InlineData("policy", "Write /request-access policy show")]
    [InlineData("policy drop shop", "Write /request-access policy show")]
    [InlineData("policy set", "Write /request-access policy show")]
    [InlineData("policy set shop curator", "Write /request-access policy show")]
    [InlineData("policy set shop any-of:", "Write /request-access policy show")]
    [InlineData("policy set shop any-of: ,", "Write /request-access policy show")]
    [InlineData("policy set shop any-of: a; any-of: b", "Write /request-access policy show")]
    [InlineData("policy set shop roles: a", "Write /request-access policy show")]
    [InlineData("policy set shop message: Not you.", "it must ask for something")]
    [InlineData("policy set shop any-of: a##b", "a name with ## in it, or # at its end, cannot be kept")]
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
    public async Task A_login_policy_is_set_as_it_is_written_or_as_the_policy_file_says()
    {
        await Sends("slack/commands", Command("policy set shop any-of: curator, ledger/read; all-of: staff;groups:/museum/a b ; message: Ask: the museum, please."));
        await Sends("slack/commands", Form(("command", "/request-access"), ("user_id", Alice.User), ("team_id", Alice.Tenant), ("trigger_id", "1.2.4"), ("text", "policy set https://sp.example.org/")));

        var set = Bot.Read(0).ShouldBeOfType<Command.SetLoginPolicy>();
        (set.By, set.Client).ShouldBe((Alice, "shop"));
        set.Rules!.AreSameAs(new LoginRules(["curator", "ledger/read"], ["staff"], ["/museum/a b"], "Ask: the museum, please.")).ShouldBeTrue();
        Bot.Read(1).ShouldBe(new Command.SetLoginPolicy(Alice, "https://sp.example.org/", null));
    }

    public static TheoryData<string, Inquiry> Questions => new()
    {
        { "doctor", new Inquiry.Doctor() },
        { "LINT", new Inquiry.Lint() },
        { "policy show", new Inquiry.LoginPolicies(null) },
        { "policy  SHOW  shop", new Inquiry.LoginPolicies("shop") },
        { "policy diff", new Inquiry.LoginPolicyDiff() },
        { "who  /access/prod database ", new Inquiry.Who("/access/prod database") },
        { "explain me prod database", new Inquiry.Explain("me", "prod database") },
        { "explain bob  /access/prod", new Inquiry.Explain("bob", "/access/prod") },
        { "explain <@U7|bob> prod", new Inquiry.Explain("slack:T1/U7", "prod") },
        { "explain <@U7> prod", new Inquiry.Explain("slack:T1/U7", "prod") },
    };

    [Theory, MemberData(nameof(Questions))]
    public async Task A_question_is_a_command_of_its_own(string text, Inquiry what)
    {
        await Sends("slack/commands", Form(("command", "/request-access"), ("user_id", "U1"), ("team_id", "T1"), ("trigger_id", "1.2.3"), ("text", text)));

        Bot.Read(0).ShouldBe(new Command.Inquire(new ChatAccount(ChatPlatform.Slack, "T1", "U1"), what));
    }

    [Fact]
    public async Task On_Grid_a_person_belongs_to_the_enterprise()
    {
        await Sends("slack/commands", Form(("command", "/request-access"), ("user_id", "U1"), ("team_id", "T1"), ("enterprise_id", "E1"), ("trigger_id", "1.2.3")));

        Bot.Read(0).Sender.ShouldBe(new ChatAccount(ChatPlatform.Slack, "E1", "U1"));
    }
}
