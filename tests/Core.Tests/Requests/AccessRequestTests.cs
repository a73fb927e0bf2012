using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Builders;
using static ChatGovernance.TestSupport.Builders.Requests;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Core.Tests.Requests;

public sealed class AccessRequestTests
{
    private static readonly AccessRequest[] closed =
    [
        ARequest().Pending().ApprovedBy(Bob), ARequest().Pending().DeniedBy(Bob), ARequest().Pending().CancelledBy(Alice),
        ARequest().Pending().Lapsed(), ARequest().Pending().Refused(),
    ];

    public static TheoryData<int> Closed => [.. Enumerable.Range(0, closed.Length)];

    [Fact]
    public void What_is_received_knows_when_it_is_given_up()
    {
        ARequest().State.ShouldBe(new RequestState.Received(Now + AccessRequest.ReceivedLimit));
        ARequest().Beneficiary.ShouldBeNull();
    }

    [Fact]
    public void Opening_keeps_who_what_and_until_when()
    {
        var rule = Rule() with { PendingTtl = Hours(3) };

        var request = (ARequest() with { HeldUpBy = Doubt.Away }).Pending(rule: rule, at: Now + Minutes(5));

        request.State.ShouldBe(new RequestState.Pending(0, Now + Minutes(5), Now + Minutes(5) + Hours(3)) { AskedAt = Now + Minutes(5) });
        request.Filing.Person.ShouldBe(Alice);
        request.Beneficiary.ShouldBe(Alice);
        request.Rule.ShouldBe(rule);
        request.HeldUpBy.ShouldBeNull();
    }

    [Fact]
    public void A_request_opens_once() =>
        ARequest().Pending().Open(Alice, Alice, Rule(), NoPrivileges, Now).ShouldBeOfType<Decision.Refused>();

    [Fact]
    public void A_click_before_the_request_is_open_is_not_ready()
    {
        ARequest().Cast(KnownIds.Number(1), AccountOf(Bob), Choice.Approve, null, Now).Refusal().ShouldBe(new Refusal.NotReady());
        var vote = ARequest().Pending().WithVote(Bob).Votes[0];
        (ARequest() with { Votes = [vote] }).Count(vote, MayDecide(Bob), Now).Refusal().ShouldBe(new Refusal.NotReady());
    }

    [Theory, MemberData(nameof(Closed))]
    public void Nothing_takes_an_outcome_back(int index)
    {
        var request = closed[index];
        var vote = ARequest().Pending().WithVote(Carol).Votes[0];

        request.Open(Alice, Alice, Rule(), NoPrivileges, Now).Refusal().ShouldBe(request.Outcome());
        request.Refuse(new Refusal.TargetGone(), Now).Refusal().ShouldBe(request.Outcome());
        request.Lapse(Now + Days(365)).Refusal().ShouldBe(request.Outcome());
        request.Cancel(AccountOf(Alice), Now).Refusal().ShouldBe(request.Outcome());
        request.Nudge(AccountOf(Alice), Now).Refusal().ShouldBe(request.Outcome());
        request.AskAgain().ShouldBe(request);
        request.DueAt.ShouldBeNull();
        request.Cast(KnownIds.Number(1), AccountOf(Carol), Choice.Deny, null, Now).Refusal().ShouldBe(request.Outcome());
        request.Count(vote, MayDecide(Carol), Now).Refusal().ShouldBe(request.Outcome());
    }

    [Theory]
    [InlineData(0, "approved", "Bob Baker")]
    [InlineData(1, "denied", "Bob Baker")]
    [InlineData(2, "cancelled", "Alice Archer")]
    [InlineData(3, "lapsed", null)]
    [InlineData(4, "refused", null)]
    public void Who_comes_late_is_told_what_became_of_it_and_by_whom(int index, string outcome, string? by)
    {
        closed[index].Outcome().Outcome.ShouldBe(outcome);
        closed[index].Outcome().By?.Name.ShouldBe(by);
    }

    [Fact]
    public void An_open_request_can_be_refused_before_and_after_it_is_pending()
    {
        ARequest().Refused(new Refusal.TargetGone()).State.ShouldBe(new RequestState.Refused(new Refusal.TargetGone(), Now));
        ARequest().Pending().Refused(new Refusal.TargetGone()).State.ShouldBe(new RequestState.Refused(new Refusal.TargetGone(), Now));
    }

    [Fact]
    public void Who_asked_cancels_before_and_after_it_is_pending()
    {
        ARequest().Cancel(AccountOf(Alice), Now).Accepted().State.ShouldBe(new RequestState.Cancelled(null, Now));
        ARequest().Pending().Cancel(AccountOf(Alice), Now).Accepted().State.ShouldBe(new RequestState.Cancelled(Alice, Now));
    }

    [Fact]
    public void Nobody_else_cancels()
    {
        ARequest().Cancel(AccountOf(Bob), Now).Refusal().ShouldBe(new Refusal.NotYours());
        ARequest().Pending().Cancel(AccountOf(Bob), Now).Refusal().ShouldBe(new Refusal.NotYours());
    }

    [Fact]
    public void Cancelling_answers_the_votes_that_wait() =>
        ARequest().Pending().WithVote(Bob).Cancel(AccountOf(Alice), Now).Accepted()
            .Votes[0].State.ShouldBe(new VoteState.Dropped(new Refusal.AlreadyDecided("cancelled", Alice), Now));

    [Fact]
    public void Refusing_answers_the_votes_that_wait()
    {
        var request = ARequest().Pending().WithVote(Bob).Refused(new Refusal.TargetGone());

        request.Votes[0].State.ShouldBe(new VoteState.Dropped(new Refusal.AlreadyDecided("refused", null), Now));
    }

    [Fact]
    public void It_lapses_at_its_time_and_not_before()
    {
        var request = ARequest().Pending();
        var lapsesAt = ((RequestState.Pending)request.State).LapsesAt;

        request.Lapse(lapsesAt - TimeSpan.FromTicks(1)).Refusal().ShouldBe(new Refusal.NotReady());
        request.Lapse(lapsesAt).Accepted().State.ShouldBe(new RequestState.Lapsed(lapsesAt));
    }

    [Fact]
    public void It_does_not_lapse_while_a_vote_waits()
    {
        var request = ARequest().Pending().WithVote(Bob);

        request.Lapse(Now + Days(365)).Refusal().ShouldBe(new Refusal.NotReady());
        request.Drop(request.Votes[0], new Refusal.NotAnApprover(), Now).Lapse(Now + Days(365)).Accepted().State.ShouldBeOfType<RequestState.Lapsed>();
    }

    [Fact]
    public void What_is_received_does_not_lapse() => ARequest().Lapse(Now + Days(365)).Refusal().ShouldBe(new Refusal.NotReady());
}
