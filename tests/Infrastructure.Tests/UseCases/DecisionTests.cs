using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>From the form to the outcome.</summary>
public abstract class DecisionTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Fact]
    public async Task Approvers_get_the_request_with_two_buttons_and_afterwards_every_copy_says_who_decided()
    {
        var request = await Ask();

        foreach (var approver in new[] { Bob, Carol })
        {
            var card = Chat.To(AccountOf(approver)).ShouldHaveSingleItem().Message;
            card.Title.ShouldBe($"{Alice.Name} asks for {DatabaseName}");
            card.Actions.Select(action => action.Label).ShouldBe(["Approve", "Deny"]);
        }

        await Vote(request, Bob);
        await Work();

        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Bob);
        foreach (var approver in new[] { Bob, Carol })
        {
            var card = Chat.To(AccountOf(approver)).ShouldHaveSingleItem().Message;
            card.Title.ShouldContain($"Approved by {Bob.Name}");
            card.Actions.ShouldBeEmpty();
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
    public async Task A_request_that_nobody_decides_lapses_once_and_visibly()
    {
        Offer(("pending-ttl", "1h"));
        var request = await Ask();
        await Pass(Hours(2));

        await StateOf<RequestState.Lapsed>(request);
        Told(Alice, "Nobody decided in time").ShouldBe(1);
        Chat.To(AccountOf(Bob)).ShouldHaveSingleItem().Message.Actions.ShouldBeEmpty();
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
    public async Task Invariant_2_the_requesters_own_vote_does_not_count()
    {
        Directory.Add(ApproverGroup, Alice, Bob);
        var request = await Ask();
        TitlesTo(Alice).ShouldNotContain(title => title.Contains("asks for"));

        await Vote(request, Alice);
        await Work();

        await StateOf<RequestState.Pending>(request);
        Chat.To(AccountOf(Alice)).SelectMany(message => message.Message.Lines).ShouldContain(line => line.Contains("Nobody decides on their own request"));
    }

    [Fact]
    public async Task Invariant_2_neither_does_a_vote_of_another_account_of_the_same_human()
    {
        var both = new Dictionary<string, IReadOnlyList<string>> { [Person.PersonIdAttribute] = ["4711"] };
        Directory.Change(Alice, person => person with { Attributes = new Dictionary<string, IReadOnlyList<string>>([.. person.Attributes, .. both]) });
        Directory.Change(Bob, person => person with { Attributes = new Dictionary<string, IReadOnlyList<string>>([.. person.Attributes, .. both]) });
        var request = await Ask();

        await Vote(request, Bob);
        await Work();

        await StateOf<RequestState.Pending>(request);
        (await Load(request)).Votes.ShouldHaveSingleItem().State.ShouldBeOfType<VoteState.Dropped>().Why.ShouldBe(new Refusal.OwnRequest());
    }

    [Fact]
    public async Task Invariant_2_neither_does_a_vote_of_an_account_that_the_same_chat_account_was_once_matched_to()
    {
        var request = await Ask();
        await Store.Commits.Commit(new Changes { Matches = [new Match(AccountOf(Alice), Bob, "attribute", Clock.GetUtcNow())] }, Ct);

        await Vote(request, Bob);
        await Work();

        await StateOf<RequestState.Pending>(request);
    }

    [Fact]
    public async Task Invariant_9_a_click_of_somebody_who_is_no_approver_decides_nothing_whatever_they_saw()
    {
        var request = await Ask();
        await Vote(request, Mallory);
        await Work();

        await StateOf<RequestState.Pending>(request);
        Chat.To(AccountOf(Mallory)).SelectMany(message => message.Message.Lines).ShouldContain(line => line.Contains("not among the people who decide"));
    }

    [Fact]
    public async Task An_approver_who_left_meanwhile_does_not_decide_and_one_who_joined_does()
    {
        var request = await Ask();
        Directory.Leave(ApproverGroup, Bob);
        await Vote(request, Bob);
        await Work();
        await StateOf<RequestState.Pending>(request);

        Directory.Add(ApproverGroup, Mallory);
        await Vote(request, Mallory);
        await Work();
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Mallory);
    }

    [Fact]
    public async Task A_disabled_approver_does_not_decide()
    {
        var request = await Ask();
        Directory.Change(Bob, person => person with { Enabled = false });
        await Vote(request, Bob);
        await Work();

        await StateOf<RequestState.Pending>(request);
    }

    [Fact]
    public async Task A_click_on_an_unknown_request_is_answered_and_recorded()
    {
        await Vote(new RequestId(KnownIds.Number(999)), Bob);
        await Work();

        Told(Bob, "This request: your click changed nothing").ShouldBe(1);
        AuditLines.ShouldContain(line => line.Contains("unknown request"));
    }

    [Fact]
    public async Task With_the_directory_away_requests_are_taken_and_go_on_when_it_is_back()
    {
        DirectoryIsAway();
        var request = await Ask();
        await Pass(Minutes(10));
        (await Load(request)).HeldUpBy.ShouldBe(Core.Doubt.Away);
        Chat.To(AccountOf(Alice)).ShouldHaveSingleItem().Message.Small.ShouldNotBeNull().ShouldContain("Keycloak does not answer");

        DirectoryIsBack();
        await Pass(Minutes(2));
        await StateOf<RequestState.Pending>(request);
        (await Load(request)).HeldUpBy.ShouldBeNull();
    }

    [Fact]
    public async Task A_request_that_the_directory_keeps_waiting_for_a_day_is_refused_visibly()
    {
        DirectoryIsAway();
        var request = await Ask();
        Clock.Advance(Hours(25));
        await Work();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBe(new Refusal.DirectoryAwayTooLong(Core.Doubt.Away));
        Told(Alice, "Your request for").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Invariant_11_votes_received_while_the_directory_is_away_count_in_their_order_and_nothing_lapses()
    {
        Offer(("pending-ttl", "1h"));
        var request = await Ask();
        DirectoryIsAway();
        await Pass(Minutes(59));
        await Vote(request, Carol, Choice.Deny);
        await Vote(request, Bob);
        await Pass(Minutes(15));
        await StateOf<RequestState.Pending>(request);
        Chat.To(AccountOf(Bob)).ShouldHaveSingleItem().Message.Title.ShouldNotContain(Carol.Name);

        DirectoryIsBack();
        await Pass(Minutes(2));
        (await StateOf<RequestState.Denied>(request)).By.ShouldBe(Carol);
    }

    [Fact]
    public async Task A_vote_received_in_time_and_taken_up_late_keeps_the_request_from_lapsing()
    {
        Offer(("pending-ttl", "1h"));
        var request = await Ask();
        Clock.Advance(Minutes(59));
        await Vote(request, Bob);
        var taken = (await Store.Claims.Claim(WorkKind.Inbox, 1, Minutes(10), Ct)).ShouldHaveSingleItem();
        Clock.Advance(Minutes(2));
        await Work();
        await StateOf<RequestState.Pending>(request);

        await Store.Claims.Release(taken, Clock.GetUtcNow(), Ct);
        await Pass(Minutes(1));
        await StateOf<RequestState.Approved>(request);
    }

    [Fact]
    public async Task A_second_request_for_the_same_is_refused_while_the_first_is_open()
    {
        var first = await Ask();
        var second = await Ask();

        (await StateOf<RequestState.Refused>(second)).Why.ShouldBe(new Refusal.AlreadyOpen(first));
        await StateOf<RequestState.Pending>(first);
    }

    [Fact]
    public async Task Two_requests_for_the_same_that_both_have_to_wait_do_not_stand_in_each_others_way()
    {
        Directory.Doubts = call => call == nameof(IDirectory.ReadTarget) ? Core.Doubt.Away : null;
        await Send();
        await Send();
        await Pass(Minutes(3));
        DirectoryIsBack();
        await Pass(Minutes(3));

        (await RequestsOf(Alice)).Select(request => request.State.Name).ShouldBe(["pending", "refused"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_rule_that_was_tightened_before_the_vote_applies()
    {
        var request = await Ask("8h");
        Directory.Add(Targets.ATarget(("max-duration", "1h")));
        await Vote(request, Bob);
        await Work();

        var active = (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        active.EndsAt.ShouldBe(active.Since + Hours(1));
    }

    [Fact]
    public async Task What_is_no_longer_offered_is_refused_at_the_vote()
    {
        var request = await Ask();
        Directory.Add(Targets.ABareTarget(("requestable", "false")));
        await Vote(request, Bob);
        await Work();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBe(new Refusal.NotOffered());
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task What_has_become_administrative_is_refused_at_the_vote()
    {
        var request = await Ask();
        Directory.Add(Targets.ATarget() with { Privileges = new Privileges(["realm-management/realm-admin"], Administrative: true) });
        await Vote(request, Bob);
        await Work();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBe(new Refusal.Administrative());
    }

}

public sealed class SqliteDecisionTests() : DecisionTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlDecisionTests() : DecisionTests(DatabaseKind.PostgreSql);
