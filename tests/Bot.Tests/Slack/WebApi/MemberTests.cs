using ChatGovernance.Core;
using ChatGovernance.Core.People;

namespace ChatGovernance.Bot.Tests.Slack.WebApi;

public sealed class MemberTests : SlackChatTest
{
    [Fact]
    public async Task A_full_member_is_read_with_the_confirmed_address()
    {
        var member = Known(await Chat.ReadMember(Account(Alice), Ct));

        member.ShouldBe(new ChatMember { Account = Account(Alice), Standing = MemberStanding.Full, ConfirmedEmail = "alice@example.org", Name = "alice", Workspace = "Example Ltd" });
    }

    [Fact]
    public async Task What_an_account_is_decides_its_standing()
    {
        (await Standing(user => user with { IsGuest = true })).ShouldBe(MemberStanding.Guest);
        (await Standing(user => user with { IsSingleChannelGuest = true })).ShouldBe(MemberStanding.Guest);
        (await Standing(user => user with { IsBot = true, IsGuest = false, IsSingleChannelGuest = false })).ShouldBe(MemberStanding.Bot);
        (await Standing(user => user with { IsBot = false, IsDeleted = true })).ShouldBe(MemberStanding.Deleted);
        (await Standing(user => user with { IsDeleted = false, TeamId = "T9999999" })).ShouldBe(MemberStanding.Foreign);
    }

    [Fact]
    public async Task An_account_that_names_another_workspace_than_the_persons_own_is_foreign()
    {
        var account = new ChatAccount(ChatPlatform.Slack, "T8888888", Alice.Id);

        Known(await Chat.ReadMember(account, Ct)).Standing.ShouldBe(MemberStanding.Foreign);
    }

    [Fact]
    public async Task An_account_that_Slack_does_not_know_is_absent()
    {
        (await Chat.ReadMember(new ChatAccount(ChatPlatform.Slack, Workspace.TeamId, "U404"), Ct)).ShouldBe(new Reading<ChatMember>.Absent());
    }

    [Fact]
    public async Task An_account_that_Slack_does_not_show_us_is_absent()
    {
        Workspace.Faults.Refused("user_not_visible", "users.info");
        (await Chat.ReadMember(Account(Alice), Ct)).ShouldBe(new Reading<ChatMember>.Absent());
    }

    [Theory]
    [InlineData("invalid_auth", Doubt.Unauthorized)]
    [InlineData("missing_scope", Doubt.Forbidden)]
    [InlineData("internal_error", Doubt.Away)]
    [InlineData("something_new", Doubt.Unreadable)]
    public async Task A_refused_look_is_no_knowledge(string code, Doubt why)
    {
        Workspace.Faults.Refused(code, "users.info");
        (await Chat.ReadMember(Account(Alice), Ct)).ShouldBe(new Reading<ChatMember>.Unknown(why));
    }

    [Fact]
    public async Task Slack_that_does_not_say_who_the_token_is_proves_nothing()
    {
        Workspace.Faults.Dropped("auth.test");
        (await Chat.ReadMember(Account(Alice), Ct)).ShouldBe(new Reading<ChatMember>.Unknown(Doubt.Away));
        Known(await Chat.ReadMember(Account(Alice), Ct)).Standing.ShouldBe(MemberStanding.Full);
    }

    [Fact]
    public async Task A_person_is_found_by_the_confirmed_address_of_a_full_member_alone()
    {
        Known(await Chat.FindMember("Alice@Example.org", Ct)).Account.ShouldBe(Account(Alice));
        (await Chat.FindMember("nobody@example.org", Ct)).ShouldBe(new Reading<ChatMember>.Absent());

        Workspace.ChangePerson(Alice.Id, user => user with { IsEmailConfirmed = false });
        (await Chat.FindMember("alice@example.org", Ct)).ShouldBe(new Reading<ChatMember>.Absent());
        Workspace.ChangePerson(Alice.Id, user => user with { IsEmailConfirmed = true, IsGuest = true });
        (await Chat.FindMember("alice@example.org", Ct)).ShouldBe(new Reading<ChatMember>.Absent());
    }

    private async Task<MemberStanding> Standing(Func<Sandbox.Slack.SlackUser, Sandbox.Slack.SlackUser> change)
    {
        Workspace.ChangePerson(Alice.Id, change);
        return Known(await Chat.ReadMember(Account(Alice), Ct)).Standing;
    }

    private static ChatMember Known(Reading<ChatMember> reading) => reading.ShouldBeOfType<Reading<ChatMember>.Known>().Value;
}
