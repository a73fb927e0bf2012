using ChatGovernance.Core;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;
using ChatGovernance.Sandbox.Slack;

namespace ChatGovernance.Bot.Tests.Slack.WebApi;

/// <summary>On Enterprise Grid a person belongs to the organization, however they are met.</summary>
public sealed class GridTests : SlackChatTest
{
    private const string Enterprise = "E0000001";

    protected override SlackWorkspaceOptions Options => new() { Time = Clock, EnterpriseId = Enterprise };

    private ChatAccount AliceOfTheOrganization => new(ChatPlatform.Slack, Enterprise, Alice.Id);

    [Fact]
    public async Task A_command_an_event_and_a_search_by_address_name_the_same_account()
    {
        await Alice.Types("/request-access", Ct);
        await Alice.OpensHome(Ct);

        Bot.Read(0).ShouldBeOfType<Command.OpenRequestForm>().By.ShouldBe(AliceOfTheOrganization);
        Bot.Read(1).ShouldBeOfType<Command.ShowHome>().By.ShouldBe(AliceOfTheOrganization);
        (await Chat.FindMember("alice@example.org", Ct)).ShouldBeOfType<Reading<ChatMember>.Known>().Value.Account.ShouldBe(AliceOfTheOrganization);
        (await Chat.ReadMember(AliceOfTheOrganization, Ct)).ShouldBeOfType<Reading<ChatMember>.Known>().Value.Standing.ShouldBe(MemberStanding.Full);
    }

    [Fact]
    public async Task The_workspaces_id_names_nobody()
    {
        (await Chat.ReadMember(Account(Alice), Ct)).ShouldBeOfType<Reading<ChatMember>.Known>().Value.Standing.ShouldBe(MemberStanding.Foreign);
    }

    [Fact]
    public async Task A_stranger_stays_foreign_although_the_delivery_came_by_our_organization()
    {
        Workspace.ChangePerson(Alice.Id, user => user with { TeamId = "T9999999" });

        (await Chat.ReadMember(AliceOfTheOrganization, Ct)).ShouldBeOfType<Reading<ChatMember>.Known>().Value.Standing.ShouldBe(MemberStanding.Foreign);
    }
}

/// <summary><c>Slack:Workspaces</c> decides whose people are served.</summary>
public sealed class ServedWorkspacesTests : SlackChatTest
{
    protected override (string Key, string? Value)[] Settings => [("Slack:Workspaces", "T8888888, T7777777")];

    [Fact]
    public async Task People_of_other_workspaces_than_the_configured_ones_are_foreign()
    {
        (await Chat.ReadMember(Account(Alice), Ct)).ShouldBeOfType<Reading<ChatMember>.Known>().Value.Standing.ShouldBe(MemberStanding.Foreign);
    }
}
