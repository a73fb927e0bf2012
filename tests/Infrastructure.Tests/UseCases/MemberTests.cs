using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Chat accounts that are not served, where guests are served on the other platform only.</summary>
public abstract class MemberTests(DatabaseKind kind)
    : UseCaseTests(kind, new PeopleOptions { GuestsOn = new HashSet<ChatPlatform> { ChatPlatform.Teams } })
{
    [Fact]
    public async Task A_guest_is_served_on_no_platform_but_those_that_say_so()
    {
        Chat.Add(AccountOf(Alice), MemberStanding.Guest);
        (await StateOf<RequestState.Refused>(await Ask())).Why.ShouldBe(new Refusal.ChatAccountNotServed(MemberStanding.Guest));
    }

    [Theory, InlineData(MemberStanding.Guest), InlineData(MemberStanding.Bot), InlineData(MemberStanding.Deleted), InlineData(MemberStanding.Foreign)]
    public async Task A_vote_of_an_account_that_is_no_full_member_any_more_does_not_count(MemberStanding standing)
    {
        var request = await Ask();
        Chat.Add(AccountOf(Bob), standing);
        await Vote(request, Bob);
        await Work();

        (await Load(request)).Votes.ShouldHaveSingleItem().State.ShouldBeOfType<VoteState.Dropped>().Why.ShouldBe(new Refusal.ChatAccountNotServed(standing));
        await StateOf<RequestState.Pending>(request);
        await Vote(request, Carol);
        await Work();
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Carol);
    }

    [Theory, InlineData(MemberStanding.Guest), InlineData(MemberStanding.Bot), InlineData(MemberStanding.Deleted), InlineData(MemberStanding.Foreign)]
    public async Task An_approver_who_is_no_full_member_is_not_asked_and_named_as_out_of_reach(MemberStanding standing)
    {
        Chat.Add(AccountOf(Bob), standing);
        var request = await Ask();

        await StateOf<RequestState.Pending>(request);
        Chat.To(AccountOf(Bob)).ShouldBeEmpty();
        AuditLines.Count(line => line.StartsWith($"{Bob.Name} may decide, but", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task An_approver_whose_account_cannot_be_read_holds_up_nobody_and_is_named_as_out_of_reach()
    {
        Chat.Unreadable.Add(AccountOf(Bob));
        var request = await Ask();

        await StateOf<RequestState.Pending>(request);
        (await Load(request)).Approvers.Asked.ShouldBe([Carol.Name]);
        (await Load(request)).Approvers.Unreachable.ShouldBe([Bob.Name]);
        AuditLines.Count(line => line.StartsWith($"{Bob.Name} may decide, but", StringComparison.Ordinal)).ShouldBe(1);
        await Vote(request, Carol);
        await Work();
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Carol);
    }

    [Fact]
    public async Task Where_no_approver_is_found_and_one_could_not_be_read_the_request_waits_for_that_one()
    {
        Chat.Unreadable.Add(AccountOf(Bob));
        Directory.Change(Carol, person => person with { Attributes = new Dictionary<string, IReadOnlyList<string>>() });
        var request = await Ask();
        await StateOf<RequestState.Received>(request);
        (await Load(request)).HeldUpBy.ShouldBe(Core.Doubt.ChatAway);

        Chat.Unreadable.Clear();
        await Pass(Minutes(2));
        await StateOf<RequestState.Pending>(request);
        (await Load(request)).Approvers.Asked.ShouldBe([Bob.Name]);
    }

    [Fact]
    public async Task An_account_that_the_platform_does_not_know_is_refused()
    {
        var nobody = new PersonRef(new PersonId("p-nobody"), "Nobody");
        Directory.Add(nobody, AccountOf(nobody));
        (await StateOf<RequestState.Refused>(await Ask(by: nobody))).Why.ShouldBe(new Refusal.ChatAccountNotServed(MemberStanding.Deleted));
    }
}

/// <summary>Where guests are served.</summary>
public abstract class GuestTests(DatabaseKind kind)
    : UseCaseTests(kind, new PeopleOptions { GuestsOn = new HashSet<ChatPlatform> { ChatPlatform.Slack } })
{
    [Fact]
    public async Task A_guest_asks_and_a_guest_decides()
    {
        Chat.Add(AccountOf(Alice), MemberStanding.Guest);
        Chat.Add(AccountOf(Bob), MemberStanding.Guest);
        var request = await AskAndApprove();

        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Bob);
        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    [Theory, InlineData(MemberStanding.Bot), InlineData(MemberStanding.Deleted), InlineData(MemberStanding.Foreign)]
    public async Task Nobody_else_is_let_in_with_them(MemberStanding standing)
    {
        Chat.Add(AccountOf(Alice), standing);
        (await StateOf<RequestState.Refused>(await Ask())).Why.ShouldBe(new Refusal.ChatAccountNotServed(standing));
    }
}

public sealed class SqliteMemberTests() : MemberTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlMemberTests() : MemberTests(DatabaseKind.PostgreSql);

public sealed class SqliteGuestTests() : GuestTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlGuestTests() : GuestTests(DatabaseKind.PostgreSql);
