using ChatGovernance.Core;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Several stages, several approvals. Bob and Carol are approvers; Dave and Erin own what is asked for.</summary>
public abstract class StageTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private static readonly PersonRef dave = new(new PersonId("p-dave"), "Dave Dunn");
    private static readonly PersonRef erin = new(new PersonId("p-erin"), "Erin East");

    [Fact]
    public async Task Each_stage_is_asked_when_it_starts_and_the_last_approval_grants()
    {
        TwoStages();
        var request = await Ask();
        Chat.To(AccountOf(dave)).ShouldBeEmpty();

        await Vote(request, Bob);
        await Work();
        (await StateOf<RequestState.Pending>(request)).Stage.ShouldBe(1);
        Directory.ChangesSent.ShouldBe(0);
        Card(dave).Actions.Select(action => action.Label).ShouldBe(["Approve", "Deny", "Shorten", "Ask"]);
        Card(Carol).Actions.ShouldBeEmpty();
        Card(Carol).Small.ShouldBe("It waits for the decision of others.");
        AuditLines.ShouldContain($"Stage 2 of 2 begins. Asked to decide: {dave.Name}, {erin.Name}.");

        await Vote(request, erin);
        await Work();
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(erin);
        Directory.Has(Alice, Database).ShouldBeTrue();
        foreach (var person in new[] { Alice, Bob, Carol, dave, erin })
            FactOf(Card(person), "Approvals").ShouldBe($"stage 1: 1 of 1: {Bob.Name}; stage 2: 1 of 1: {erin.Name}");
    }

    [Fact]
    public async Task Every_copy_says_who_has_approved_and_how_many_are_missing()
    {
        Offer(("approvals", "2"));
        var request = await Ask();
        await Vote(request, Bob);
        await Work();

        await StateOf<RequestState.Pending>(request);
        foreach (var person in new[] { Alice, Bob, Carol })
            FactOf(Card(person), "Approvals").ShouldBe($"1 of 2: {Bob.Name}");
        Card(Bob).Actions.ShouldBeEmpty();
        Card(Carol).Actions.Count.ShouldBe(4);

        await Vote(request, Carol);
        await Work();
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Carol);
    }

    [Fact]
    public async Task One_denial_in_any_stage_ends_it()
    {
        TwoStages();
        var request = await Ask();
        await Vote(request, Bob);
        await Work();
        await Vote(request, dave, Choice.Deny, "Not now.");
        await Work();

        (await StateOf<RequestState.Denied>(request)).By.ShouldBe(dave);
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task One_person_counts_once_whatever_stages_they_are_in()
    {
        TwoStages();
        Directory.Add(OwnerGroup, Bob, dave);
        var request = await Ask();
        await Vote(request, Bob);
        await Work();
        Card(Bob).Actions.ShouldBeEmpty();
        (await Load(request)).Approvers.Asked.ShouldBe([dave.Name]);

        await Vote(request, Bob);
        await Work();
        await StateOf<RequestState.Pending>(request);
        Chat.To(AccountOf(Bob)).SelectMany(message => message.Message.Lines).ShouldContain(line => line.Contains("already recorded"));

        await Vote(request, dave);
        await Work();
        await StateOf<RequestState.Approved>(request);
    }

    [Fact]
    public async Task A_quorum_that_cannot_be_reached_is_refused_with_the_reason()
    {
        Offer(("approvals", "3"));
        var request = await Ask();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBeOfType<Refusal.QuorumOutOfReach>().Needed.ShouldBe(3);
        Told(Alice, $"Your request for {DatabaseName} was refused").ShouldBe(1);
        Chat.To(AccountOf(Bob)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_stage_with_nobody_left_to_decide_is_refused_when_it_starts()
    {
        TwoStages();
        Directory.Add(OwnerGroup, Bob);
        var request = await Ask();
        await Vote(request, Bob);
        await Work();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBeOfType<Refusal.NobodyMayDecide>().Because.ShouldBe(NoDecider.AllHaveDecided);
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task A_quorum_out_of_reach_escalates_where_the_rule_says_to_whom()
    {
        Owners();
        Offer(("approvals", "3"), ("escalation-group", OwnerGroup.Path));
        var request = await Ask();
        (await Load(request)).Approvers.Asked.ShouldBe([Bob.Name, Carol.Name, dave.Name, erin.Name]);
        AuditLines.ShouldContain(line => line.StartsWith("Escalated.", StringComparison.Ordinal));

        foreach (var person in new[] { Bob, dave, erin })
            await Vote(request, person);
        await Work();
        await StateOf<RequestState.Approved>(request);
    }

    [Fact]
    public async Task A_decision_that_does_not_come_escalates_at_its_time_and_not_before()
    {
        Owners();
        Offer(("escalation-group", OwnerGroup.Path), ("escalate-after", "2h"));
        var request = await Ask();
        await Vote(request, dave);
        await Work();
        (await Load(request)).Votes.ShouldHaveSingleItem().State.ShouldBeOfType<VoteState.Dropped>().Why.ShouldBe(new Refusal.NotAnApprover());

        await Pass(Hours(1));
        Chat.To(AccountOf(erin)).ShouldBeEmpty();
        await Pass(Hours(1));
        Card(erin).Actions.Count.ShouldBe(4);
        Card(Bob).Actions.Count.ShouldBe(4);
        AuditLines.Count(line => line.StartsWith("Escalated.", StringComparison.Ordinal)).ShouldBe(1);

        await Vote(request, erin);
        await Work();
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(erin);
    }

    [Fact]
    public async Task The_completing_vote_checks_everybody_who_counts_already()
    {
        Offer(("approvals", "2"));
        Directory.Add(ApproverGroup, Bob, Carol, Mallory);
        var request = await Ask();
        await Vote(request, Bob);
        await Work();
        Directory.Leave(ApproverGroup, Bob);
        await Vote(request, Carol);
        await Work();

        await StateOf<RequestState.Pending>(request);
        Directory.ChangesSent.ShouldBe(0);
        (await Load(request)).Votes.Select(vote => vote.State).OfType<VoteState.Counted>().Select(counted => counted.By).ShouldBe([Carol]);
        Told(Bob, $"Your decision on {DatabaseName} does not count").ShouldBe(1);

        await Vote(request, Mallory);
        await Work();
        await StateOf<RequestState.Approved>(request);
    }

    [Fact]
    public async Task An_approver_of_an_earlier_stage_who_has_left_opens_that_stage_again()
    {
        TwoStages();
        var request = await Ask();
        await Vote(request, Bob);
        await Work();
        Directory.Change(Bob, person => person with { Enabled = false });
        await Vote(request, dave);
        await Work();
        (await StateOf<RequestState.Pending>(request)).Stage.ShouldBe(0);

        await Vote(request, Carol);
        await Work();
        await Vote(request, erin);
        await Work();
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(erin);
    }

    [Fact]
    public async Task With_too_few_left_after_that_it_is_refused()
    {
        Offer(("approvals", "2"));
        var request = await Ask();
        await Vote(request, Bob);
        await Work();
        Directory.Leave(ApproverGroup, Bob);
        await Vote(request, Carol);
        await Work();

        await StateOf<RequestState.Refused>(request);
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task Invariant_10_a_voter_who_cannot_be_read_keeps_the_completing_vote_waiting()
    {
        Offer(("approvals", "2"));
        var request = await Ask();
        await Vote(request, Bob);
        await Work();
        Directory.DoubtsPerson = person => person == Bob.Id ? Doubt.Away : null;
        await Vote(request, Carol);
        await Work();
        await StateOf<RequestState.Pending>(request);

        Directory.DoubtsPerson = _ => null;
        await Pass(Minutes(5));
        await StateOf<RequestState.Approved>(request);
    }

    [Fact]
    public async Task A_stage_begins_once_the_directory_is_back()
    {
        TwoStages();
        var request = await Ask();
        await Vote(request, Bob);
        Directory.BeforeAnswer = call =>
        {
            if (call == nameof(IDirectory.ReadMembers))
                DirectoryIsAway();
            return Task.CompletedTask;
        };
        await Work();
        (await StateOf<RequestState.Pending>(request)).ToAsk.ShouldBeTrue();
        Chat.To(AccountOf(dave)).ShouldBeEmpty();

        Directory.BeforeAnswer = _ => Task.CompletedTask;
        DirectoryIsBack();
        await Pass(Minutes(5));
        Card(dave).Actions.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Half_way_through_those_who_have_not_decided_are_reminded_once()
    {
        Offer(("approvals", "2"), ("pending-ttl", "4h"));
        var request = await Ask();
        await Vote(request, Bob);
        await Pass(Hours(3));

        Told(Carol, $"{Alice.Name} still waits for a decision on {DatabaseName}").ShouldBe(1);
        Told(Bob, $"{Alice.Name} still waits").ShouldBe(0);
        await Pass(Hours(2));
        await StateOf<RequestState.Lapsed>(request);
    }

    [Theory, InlineData("4s", 0), InlineData("9m", 0), InlineData("10m", 1)]
    public async Task Where_half_of_the_time_is_too_short_to_act_in_nobody_is_reminded(string time, int reminded)
    {
        Offer(("pending-ttl", time));
        var request = await Ask();
        await Pass(Minutes(11));

        Told(Carol, $"{Alice.Name} still waits").ShouldBe(reminded);
        AuditLines.Count(line => line.Contains("remind", StringComparison.OrdinalIgnoreCase)).ShouldBe(reminded);
        await StateOf<RequestState.Lapsed>(request);
    }

    [Fact]
    public async Task Nobody_is_reminded_of_half_the_time_when_hardly_any_is_left()
    {
        Offer(("pending-ttl", "4h"));
        var request = await Ask();
        Clock.Advance(Hours(4) - Minutes(1));
        await Work();

        Told(Carol, $"{Alice.Name} still waits").ShouldBe(0);
        await Pass(Minutes(2));
        await StateOf<RequestState.Lapsed>(request);
    }

    [Fact]
    public async Task The_requester_has_the_approvers_reminded_but_not_all_the_time()
    {
        var request = await Ask();
        await Nudge(request, Alice);
        await Nudge(request, Alice);
        await Nudge(request, Mallory);
        await Work();
        Told(Bob, $"{Alice.Name} still waits").ShouldBe(1);
        Told(Alice, $"{DatabaseName}: the approvers are reminded").ShouldBe(1);
        Told(Alice, $"{DatabaseName}: nobody was reminded").ShouldBe(1);
        Told(Mallory, $"{DatabaseName}: nobody was reminded").ShouldBe(1);

        await Pass(RemindApprovers.NudgeEvery);
        await Nudge(request, Alice);
        await Work();
        Told(Bob, $"{Alice.Name} still waits").ShouldBe(2);
    }

    [Fact]
    public async Task A_requester_who_is_disabled_loses_what_is_open_within_a_minute()
    {
        var request = await Ask();
        await Pass(Minutes(10));
        var since = Clock.GetUtcNow();
        Directory.Change(Alice, person => person with { Enabled = false });
        await Follow(since);
        await Work();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBe(new Refusal.PersonDisabled());
        Card(Bob).Actions.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_approver_who_leaves_while_it_is_open_escalates_it()
    {
        Owners();
        Offer(("approvals", "2"), ("escalation-group", OwnerGroup.Path));
        var request = await Ask();
        await Pass(Minutes(10));
        var since = Clock.GetUtcNow();
        Directory.Change(Bob, person => person with { Enabled = false });
        await Follow(since);
        await Work();

        (await Load(request)).Approvers.Asked.ShouldBe([Carol.Name, dave.Name, erin.Name]);
        Card(Bob).Actions.ShouldBeEmpty();
    }

    private void TwoStages()
    {
        Owners();
        Offer((Core.Policies.Attributes.SecondApproverGroup, OwnerGroup.Path));
    }

    private void Owners()
    {
        foreach (var person in new[] { dave, erin })
        {
            Directory.Add(person, AccountOf(person));
            Chat.Add(AccountOf(person));
        }

        Directory.Add(OwnerGroup, dave, erin);
    }

    private Core.Chat.ChatMessage Card(PersonRef person) => Chat.To(AccountOf(person))[0].Message;

    private static string FactOf(Core.Chat.ChatMessage message, string label) =>
        ((Core.Chat.FactValue.Words)message.Facts.Single(fact => fact.Label == label).Value).Text;

    private Task Nudge(RequestId request, PersonRef by) => Press(new Core.Work.Command.Nudge(AccountOf(by), request));
}

public sealed class SqliteStageTests() : StageTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlStageTests() : StageTests(DatabaseKind.PostgreSql);
