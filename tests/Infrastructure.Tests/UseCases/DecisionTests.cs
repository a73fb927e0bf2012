using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>From the form to the outcome.</summary>
public abstract class DecisionTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Fact]
    public async Task Approvers_get_the_request_with_its_buttons_and_afterwards_every_copy_says_who_decided()
    {
        var request = await Ask();

        foreach (var approver in new[] { Bob, Carol })
        {
            var card = Chat.To(AccountOf(approver)).ShouldHaveSingleItem().Message;
            card.Title.ShouldBe($"{Alice.Name} asks for {DatabaseName}");
            card.Actions.Select(action => action.Label).ShouldBe(["Approve", "Deny", "Shorten", "Ask"]);
        }

        await Vote(request, Bob);
        await Work();

        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Bob);
        foreach (var approver in new[] { Bob, Carol })
        {
            var card = Chat.To(AccountOf(approver)).ShouldHaveSingleItem().Message;
            card.Title.ShouldContain($"Approved by {Bob.Name}");
            card.Actions.Select(action => action.Label).ShouldBe(["Revoke"]);
        }

        Directory.Has(Alice, Database).ShouldBeTrue();
        Told(Alice, "Granted").ShouldBe(1);
        AuditLines.ShouldContain($"Decision: approved by {Bob.Name}.");
    }

    [Fact]
    public async Task A_denial_changes_nothing_in_the_directory_and_the_requester_reads_why()
    {
        var request = await Ask();
        await Vote(request, Bob, Choice.Deny, "Use the replica.");
        await Work();

        (await StateOf<RequestState.Denied>(request)).Reason.ShouldBe("Use the replica.");
        Directory.ChangesSent.ShouldBe(0);
        Chat.To(AccountOf(Alice)).ShouldContain(message => message.Message.Title.StartsWith(Bob.Name, StringComparison.Ordinal) && message.Message.Lines.Contains("Use the replica."));
        (await Store.Entitlements.FindGrant(request, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task The_longest_reason_of_a_denial_is_kept_whole()
    {
        var reason = string.Concat(Enumerable.Repeat("🔒", DenyForm.ReasonMaximum));
        var request = await Ask();
        await Vote(request, Bob, Choice.Deny, reason);
        await Work();

        (await StateOf<RequestState.Denied>(request)).Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task A_request_that_nobody_decides_lapses_once_and_visibly()
    {
        Offer(("pending-ttl", "1h"));
        var request = await Ask();
        await Pass(Hours(2));

        await StateOf<RequestState.Lapsed>(request);
        Told(Alice, "Nobody decided in time").ShouldBe(1);
        Chat.To(AccountOf(Bob))[0].Message.Actions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Invariant_1_two_votes_at_once_have_one_outcome_and_the_other_is_told_who_decided()
    {
        var request = await Ask();
        await Vote(request, Carol, Choice.Deny);
        await Vote(request, Bob);
        await Work();

        (await StateOf<RequestState.Denied>(request)).By.ShouldBe(Carol);
        Directory.ChangesSent.ShouldBe(0);
        Chat.To(AccountOf(Bob)).SelectMany(message => message.Message.Lines).ShouldContain(line => line.Contains($"denied by {Carol.Name}"));
    }

    [Fact]
    public async Task Invariant_1_a_second_click_after_the_outcome_changes_nothing()
    {
        var request = await AskAndApprove();
        await Vote(request, Carol, Choice.Deny);
        await Vote(request, Bob, Choice.Deny);
        await Work();

        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Bob);
        Directory.Has(Alice, Database).ShouldBeTrue();
        Told(Carol, $"{DatabaseName}: your click changed nothing").ShouldBe(1);
    }

    [Fact]
    public async Task A_click_on_an_unknown_request_is_answered_and_recorded()
    {
        await Vote(new RequestId(KnownIds.Number(999)), Bob);
        await Work();

        Told(Bob, "This request: your click changed nothing").ShouldBe(1);
        AuditLines.ShouldContain(line => line.Contains("unknown request"));
    }
}

public sealed class SqliteDecisionTests() : DecisionTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlDecisionTests() : DecisionTests(DatabaseKind.PostgreSql);
