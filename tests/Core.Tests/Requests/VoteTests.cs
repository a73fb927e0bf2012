using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Builders;
using static ChatGovernance.TestSupport.Builders.Requests;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Core.Tests.Requests;

public sealed class VoteTests
{
    [Fact]
    public void A_vote_that_is_cast_decides_nothing()
    {
        var request = ARequest().Pending().WithVote(Bob);

        request.State.ShouldBeOfType<RequestState.Pending>();
        request.Votes.ShouldHaveSingleItem().State.ShouldBe(new VoteState.Cast());
    }

    [Fact]
    public void A_vote_that_reaches_the_quorum_approves_the_request() =>
        ARequest().Pending(approvals: 1).ApprovedBy(Bob).State.ShouldBe(new RequestState.Approved(Bob, Now));

    [Fact]
    public void A_vote_short_of_the_quorum_is_counted_and_decides_nothing()
    {
        var request = ARequest().Pending(approvals: 2).ApprovedBy(Bob);

        request.State.ShouldBeOfType<RequestState.Pending>();
        request.ApprovedBy(Carol).State.ShouldBe(new RequestState.Approved(Carol, Now));
    }

    [Fact]
    public void One_denial_denies_the_request_and_keeps_its_reason() =>
        ARequest().Pending(approvals: 2).ApprovedBy(Bob).DeniedBy(Carol, "Use the replica.").State.ShouldBe(new RequestState.Denied(Carol, Now, "Use the replica."));

    [Fact]
    public void Of_two_votes_at_once_the_one_received_first_counts_and_the_other_is_told_who_decided()
    {
        var request = ARequest().Pending().WithVote(Bob, Choice.Deny).WithVote(Carol).Counted(Bob);

        request.State.ShouldBe(new RequestState.Denied(Bob, Now, null));
        request.Votes[1].State.ShouldBe(new VoteState.Dropped(new Refusal.AlreadyDecided("denied", Bob), Now));
        request.Uncounted.ShouldBeEmpty();
    }

    [Fact]
    public void A_second_click_changes_nothing() =>
        ARequest().Pending().WithVote(Bob).Cast(KnownIds.Number(9), AccountOf(Bob), Choice.Deny, null, Now).Refusal().ShouldBe(new Refusal.AlreadyVoted());

    [Fact]
    public void Who_votes_from_two_accounts_counts_once()
    {
        var second = AccountOf(Bob) with { Tenant = "T2" };
        var request = ARequest().Pending(approvals: 2).ApprovedBy(Bob).Cast(KnownIds.Number(9), second, Choice.Approve, null, Now).Accepted();

        request.Count(request.Uncounted.Single(), MayDecide(Bob), Now).Refusal().ShouldBe(new Refusal.AlreadyVoted());
    }

    [Fact]
    public void Who_was_dropped_may_vote_again()
    {
        var request = ARequest().Pending().WithVote(Bob);

        request.Drop(request.Votes[0], new Refusal.NotAnApprover(), Now).ApprovedBy(Bob).State.ShouldBe(new RequestState.Approved(Bob, Now));
    }

    [Fact]
    public void The_filer_does_not_decide()
    {
        var request = ARequest().Pending(filer: Alice, beneficiary: Carol).WithVote(Alice);

        request.Count(request.Votes[0], MayDecide(Alice), Now).Refusal().ShouldBe(new Refusal.OwnRequest());
    }

    [Fact]
    public void The_beneficiary_does_not_decide()
    {
        var request = ARequest().Pending(filer: Alice, beneficiary: Carol).WithVote(Carol);

        request.Count(request.Votes[0], MayDecide(Carol), Now).Refusal().ShouldBe(new Refusal.OwnRequest());
    }

    [Fact]
    public void Another_account_of_the_requester_does_not_decide()
    {
        var request = ARequest().Pending().WithVote(Mallory);

        request.Count(request.Votes[0], MayDecide(Mallory) with { IsOwn = true }, Now).Refusal().ShouldBe(new Refusal.OwnRequest());
    }

    [Theory, InlineData(Choice.Approve), InlineData(Choice.Deny)]
    public void Who_is_no_approver_does_not_decide(Choice choice)
    {
        var request = ARequest().Pending().WithVote(Mallory, choice);

        request.Count(request.Votes[0], MayDecide(Mallory) with { MayDecide = false }, Now).Refusal().ShouldBe(new Refusal.NotAnApprover());
    }

    [Fact]
    public void A_vote_received_in_time_counts_however_late_it_is_counted()
    {
        var request = ARequest().Pending();
        var lapsesAt = ((RequestState.Pending)request.State).LapsesAt;

        request.WithVote(Bob, at: lapsesAt - Seconds(1)).Counted(Bob, lapsesAt + Days(2)).State.ShouldBe(new RequestState.Approved(Bob, lapsesAt + Days(2)));
    }

    [Fact]
    public void A_vote_received_too_late_is_not_taken()
    {
        var request = ARequest().Pending();
        var lapsesAt = ((RequestState.Pending)request.State).LapsesAt;

        request.Cast(KnownIds.Number(9), AccountOf(Bob), Choice.Approve, null, lapsesAt).Refusal().ShouldBe(new Refusal.TooLate());
    }

    [Fact]
    public void A_vote_is_counted_once()
    {
        var request = ARequest().Pending(approvals: 3).ApprovedBy(Bob);

        request.Count(request.Votes[0], MayDecide(Carol), Now).Refusal().ShouldBe(new Refusal.AlreadyVoted());
        request.Votes[0].State.ShouldBe(new VoteState.Counted(Bob, IdentitySource.Attribute, Now));
    }

    [Fact]
    public void A_vote_that_was_dropped_is_not_counted_later()
    {
        var request = ARequest().Pending().WithVote(Bob);
        var dropped = request.Drop(request.Votes[0], new Refusal.NotAnApprover(), Now);

        dropped.Count(dropped.Votes[0], MayDecide(Bob), Now).ShouldBeOfType<Decision.Refused>();
    }

    [Fact]
    public void A_stage_that_is_done_leads_to_the_next_one_with_a_time_of_its_own()
    {
        var rule = new AccessRule { Stages = [new Stage([ApproverGroup]), new Stage([OwnerGroup])], PendingTtl = Hours(1) };
        var request = ARequest().Pending(rule: rule).WithVote(Bob).Counted(Bob, Now + Minutes(30));

        request.State.ShouldBe(new RequestState.Pending(1, Now + Minutes(30), Now + Minutes(90)) { ToAsk = true });
        request.ApprovedBy(Carol).State.ShouldBe(new RequestState.Approved(Carol, Now));
    }

    [Fact]
    public void A_vote_for_a_stage_that_is_over_decides_nothing_in_the_next_one()
    {
        var rule = new AccessRule { Stages = [new Stage([ApproverGroup]), new Stage([OwnerGroup])] };
        var request = ARequest().Pending(rule: rule).WithVote(Bob).WithVote(Carol).Counted(Bob);

        request.Count(request.Uncounted.Single(), MayDecide(Carol), Now).ShouldBeOfType<Decision.Refused>();
    }
}
