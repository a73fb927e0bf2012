using ChatGovernance.Core.Grants;
using static ChatGovernance.TestSupport.Builders.Entitlements;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Core.Tests.Grants;

public sealed class GrantMessagesTests
{
    private static readonly DateTimeOffset soon = Now + Hours(7);

    [Theory]
    [InlineData(EndOutcome.Removed, false)]
    [InlineData(EndOutcome.AlreadyGone, false)]
    [InlineData(EndOutcome.KeptForOtherGrant, true)]
    [InlineData(EndOutcome.KeptHeldBefore, true)]
    [InlineData(EndOutcome.KeptAddedOutside, true)]
    public void Access_is_called_ended_only_where_it_is_gone(EndOutcome outcome, bool kept) =>
        GrantMessages.Ended(AnEntitlement(), new GrantState.Ended(EndReason.Expired, outcome, Now, [])).Title
            .ShouldBe(kept ? $"Your grant of {DatabaseName} has ended; you still have it" : $"Your access to {DatabaseName} has ended");

    [Fact]
    public void A_reminder_says_that_the_access_is_taken_away_where_it_will_be()
    {
        var grant = AGrant(Active());
        var reminder = GrantMessages.Reminder(AnEntitlement(grant).WithTenure(sentAt: Now), grant, soon);

        reminder.Title.ShouldBe($"Your access to {DatabaseName} ends in 1 hour");
        reminder.Lines.ShouldHaveSingleItem().ShouldStartWith("It is taken away by itself.");
    }

    [Fact]
    public void A_reminder_says_that_what_was_held_before_stays()
    {
        var grant = AGrant(Active());
        var reminder = GrantMessages.Reminder(AnEntitlement(grant).WithTenure(heldBefore: true), grant, soon);

        reminder.Title.ShouldBe($"Your grant of {DatabaseName} ends in 1 hour");
        reminder.Lines.ShouldHaveSingleItem().ShouldStartWith("You held it before, so it is not taken away");
    }

    [Theory, InlineData(9), InlineData(null)]
    public void A_reminder_says_that_a_grant_that_goes_on_keeps_the_access(int? hours)
    {
        var grant = AGrant(Active());
        var other = AGrant(hours is { } end ? Active(Now + Hours(end)) : ActiveWithoutEnd(), id: 2);
        var reminder = GrantMessages.Reminder(AnEntitlement(grant, other).WithTenure(sentAt: Now), grant, soon);

        reminder.Title.ShouldBe($"Your grant of {DatabaseName} ends in 1 hour");
        reminder.Lines.ShouldHaveSingleItem().ShouldStartWith("Another grant of the same access goes on for longer");
    }

    [Fact]
    public void A_grant_that_ends_no_later_keeps_nothing()
    {
        var grant = AGrant(Active());
        var reminder = GrantMessages.Reminder(AnEntitlement(grant, AGrant(Active(), id: 2)).WithTenure(sentAt: Now), grant, soon);

        reminder.Title.ShouldBe($"Your access to {DatabaseName} ends in 1 hour");
    }
}
