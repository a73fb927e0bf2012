using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Builders;
using FsCheck.Fluent;
using static ChatGovernance.TestSupport.Builders.Requests;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Core.Tests.Requests;

/// <summary>What holds of a request whatever happens to it, in whatever order.</summary>
public sealed class RequestPropertiesTests
{
    private static readonly PersonRef[] people = [Alice, Bob, Carol, Mallory];

    [Fact]
    public void A_request_has_at_most_one_outcome_and_never_takes_it_back() => Prop.ForAll<int[]>(numbers =>
        Play(numbers).Where(request => !request.State.IsOpen).Select(request => request.State).Distinct().Count() <= 1).ShouldHold();

    [Fact]
    public void Nobodys_own_vote_counts() => Prop.ForAll<int[]>(numbers =>
        Counted(Play(numbers)[^1]).All(vote => vote.By.Id != Alice.Id)).ShouldHold();

    [Fact]
    public void Nobody_counts_twice() => Prop.ForAll<int[]>(numbers =>
        Counted(Play(numbers)[^1]).GroupBy(vote => vote.By.Id).All(votes => votes.Count() == 1)).ShouldHold();

    [Fact]
    public void Who_may_not_decide_decides_nothing() => Prop.ForAll<int[]>(numbers =>
        Counted(Play(numbers)[^1]).All(vote => vote.By.Id != Mallory.Id)).ShouldHold();

    [Fact]
    public void An_approval_rests_on_as_many_counted_votes_as_the_rule_asks_for() => Prop.ForAll<int[]>(numbers =>
        Play(numbers)[^1] is var request && (request.State is not RequestState.Approved
            || request.Rule!.Stages.Index().All(stage => request.Approvals(stage.Index).Count() >= stage.Item.Approvals))).ShouldHold();

    [Fact]
    public void The_stage_that_is_decided_is_the_first_without_its_quorum() => Prop.ForAll<int[]>(numbers =>
        Play(numbers).All(request => request.State is not RequestState.Pending pending
            || (request.Approvals(pending.Stage).Count() < request.Rule!.Stages[pending.Stage].Approvals
                && request.Rule.Stages.Take(pending.Stage).Index().All(stage => request.Approvals(stage.Index).Count() >= stage.Item.Approvals)))).ShouldHold();

    [Fact]
    public void What_is_open_is_due_some_time_and_what_is_closed_never() => Prop.ForAll<int[]>(numbers =>
        Play(numbers).All(request => request.State.IsOpen == request.DueAt is not null)).ShouldHold();

    [Fact]
    public void What_is_closed_leaves_no_vote_without_an_answer() => Prop.ForAll<int[]>(numbers =>
        Play(numbers)[^1] is var request && (request.State.IsOpen || !request.Uncounted.Any())).ShouldHold();

    [Fact]
    public void A_vote_that_is_answered_stays_answered_unless_its_caster_may_no_longer_decide_on_what_is_open() => Prop.ForAll<int[]>(numbers =>
    {
        var played = Play(numbers);
        return played.Zip(played.Skip(1)).All(step => step.First.Votes.All(vote => step.Second.Votes.Single(later => later.Id == vote.Id).State is var after
            && (vote.State is VoteState.Cast || after == vote.State
                || (vote.State is VoteState.Counted && after is VoteState.Dropped { Why: Refusal.NoLongerAnApprover } && step.First.State.IsOpen))));
    }).ShouldHold();

    /// <summary>One to three stages, each with one to three approvals.</summary>
    private static AccessRule Rules(int number) =>
        Rule() with { Stages = [.. Enumerable.Range(0, 1 + (number % 3)).Select(stage => new Stage([ApproverGroup], 1 + ((number + stage) / 3 % 3)))] };

    private static IEnumerable<VoteState.Counted> Counted(AccessRequest request) => request.Votes.Select(vote => vote.State).OfType<VoteState.Counted>();

    /// <summary>Every state of a request on the way; what is refused changes nothing.</summary>
    private static List<AccessRequest> Play(int[] numbers)
    {
        var ids = new KnownIds(5000);
        var now = Now;
        List<AccessRequest> states = [ARequest(), ARequest().Pending(rule: Rules(numbers.Length))];
        foreach (var number in numbers)
        {
            var n = Math.Abs((long)number);
            now += Hours((int)(n % 30));
            var request = states[^1];
            var by = people[n / 7 % people.Length];
            var account = AccountOf(by) with { Tenant = $"T{n / 3 % 2}" };
            var vote = request.Votes.Count == 0 ? null : request.Votes[(int)(n / 5 % request.Votes.Count)];
            var decision = (n % 11) switch
            {
                0 => request.Refuse(new Refusal.TargetGone(), now),
                1 => request.Lapse(now),
                2 => request.Open(Alice, Alice, Rule(), NoPrivileges, now),
                3 or 4 when vote is not null => request.Count(vote, new VoterFacts(by, "attribute", MayDecide: by != Mallory, IsOwn: n % 16 > 7 && by == Alice), now),
                5 when vote is { State: VoteState.Cast } => new Decision.Accepted(request.Drop(vote, new Refusal.NotAnApprover(), now)),
                6 when n % 4 == 0 => request.Cancel(AccountOf(Alice), now),
                7 when vote is { State: VoteState.Counted } && request.State is RequestState.Pending => new Decision.Accepted(request.Uncount(vote, new Refusal.NoLongerAnApprover(), now)),
                8 => new Decision.Accepted(request.AskAgain()),
                _ => request.Cast(ids.Next(), account, n % 3 == 0 ? Choice.Deny : Choice.Approve, null, now),
            };
            states.Add(decision is Decision.Accepted accepted ? accepted.Request : request);
        }

        return states;
    }
}
