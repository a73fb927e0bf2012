using ChatGovernance.Core.Grants;
using static ChatGovernance.TestSupport.Builders.Entitlements;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Core.Tests.Grants;

public sealed class EntitlementFinishTests
{
    [Fact]
    public void The_last_end_closes_the_tenure()
    {
        var finished = (AnEntitlement(AGrant(Ending(EndReason.Expired))).WithTenure(sentAt: Now) with { Retry = Retry.After(null, Doubt.Away, Now) })
            .Finish(EndOutcome.Removed, ["/other"], Now + Minutes(1));

        var ended = finished.Grants.ShouldHaveSingleItem().State.ShouldBeOfType<GrantState.Ended>();
        (ended.Why, ended.Outcome, ended.At).ShouldBe((EndReason.Expired, EndOutcome.Removed, Now + Minutes(1)));
        ended.ResidualPaths.ShouldBe(["/other"]);
        finished.Tenure.ShouldBeNull();
        finished.Retry.ShouldBeNull();
    }

    [Theory, InlineData(false), InlineData(true)]
    public void The_tenure_stays_open_while_another_grant_is_live(bool confirmed)
    {
        var other = AGrant(confirmed ? Active() : Started(), id: 2);
        var finished = AnEntitlement(AGrant(Ending()), other).WithTenure(sentAt: Now).Finish(EndOutcome.KeptForOtherGrant, [], Now);

        finished.Tenure.ShouldNotBeNull().SentAt.ShouldBe(Now);
        finished.Grants[1].ShouldBe(other);
    }

    [Fact]
    public void A_grant_that_only_waits_does_not_keep_the_tenure_open() =>
        AnEntitlement(AGrant(Ending()), AGrant(Waiting(), id: 2)).WithTenure(sentAt: Now).Finish(EndOutcome.Removed, [], Now).Tenure.ShouldBeNull();

    [Fact]
    public void Grants_that_end_together_share_the_outcome() =>
        AnEntitlement(AGrant(Ending()), AGrant(Ending(EndReason.Revoked), id: 2)).Finish(EndOutcome.Removed, [], Now)
            .Grants.Select(grant => ((GrantState.Ended)grant.State).Why).ShouldBe([EndReason.Expired, EndReason.Revoked]);

    [Fact]
    public void What_was_never_confirmed_has_failed_and_not_ended() =>
        (AnEntitlement(AGrant(Ending(EndReason.NeverConfirmed))) with { Retry = Retry.After(null, Doubt.Forbidden, Now) }).Finish(EndOutcome.Removed, [], Now)
            .Grants[0].State.ShouldBe(new GrantState.Failed(new GrantFailure.OutOfTime(Doubt.Forbidden), Now));

    [Fact]
    public void Only_a_live_grant_besides_needs_the_target()
    {
        var ending = AGrant(Ending());

        AnEntitlement(ending).IsNeededBesides(ending).ShouldBeFalse();
        AnEntitlement(ending, AGrant(Waiting(), id: 2)).IsNeededBesides(ending).ShouldBeFalse();
        AnEntitlement(ending, AGrant(Ending(), id: 2)).IsNeededBesides(ending).ShouldBeFalse();
        AnEntitlement(ending, AGrant(Started(), id: 2)).IsNeededBesides(ending).ShouldBeTrue();
        AnEntitlement(ending, AGrant(Active(), id: 2)).IsNeededBesides(ending).ShouldBeTrue();
    }

    [Fact]
    public void A_grant_is_added_or_takes_its_own_place()
    {
        var entitlement = AnEntitlement(AGrant(Waiting()), AGrant(Waiting(), id: 2));

        entitlement.With(AGrant(Active())).Grants.Select(grant => grant.State.Name).ShouldBe(["active", "waiting"]);
        entitlement.With(AGrant(Waiting(), id: 3)).Grants.Count.ShouldBe(3);
    }
}
