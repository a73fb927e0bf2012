using ChatGovernance.Core.Grants;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Core.Tests.Grants;

public sealed class RetryTests
{
    [Fact]
    public void The_first_tries_follow_soon_and_then_every_five_minutes()
    {
        Retry? retry = null;
        var waits = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            retry = Retry.After(retry, Doubt.Away, Now);
            waits.Add((retry.NotBefore - Now).TotalSeconds);
        }

        waits.ShouldBe([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
    }

    [Fact]
    public void It_keeps_since_when_and_says_why_last()
    {
        var retry = Retry.After(Retry.After(null, Doubt.Away, Now), Doubt.Forbidden, Now + Minutes(1));

        retry.Since.ShouldBe(Now);
        retry.Why.ShouldBe(Doubt.Forbidden);
        retry.Tries.ShouldBe(2);
    }

    [Fact]
    public void It_goes_on_for_ever_without_an_overflow() => Retry.After(new Retry(int.MaxValue - 1, Now, Doubt.Away, Now), Doubt.Away, Now).NotBefore.ShouldBe(Now + Minutes(5));

    [Fact]
    public void The_security_team_is_told_when_it_lasts_and_then_every_hour()
    {
        var retry = new Retry(2, Now, Doubt.Away, Now);

        retry.IsWorthAnAlert(Now).ShouldBeFalse();
        (retry with { Tries = 3 }).IsWorthAnAlert(Now).ShouldBeTrue();
        (retry with { Tries = 9, AlertedAt = Now }).IsWorthAnAlert(Now + Minutes(59)).ShouldBeFalse();
        (retry with { Tries = 9, AlertedAt = Now }).IsWorthAnAlert(Now + Minutes(60)).ShouldBeTrue();
    }

    [Fact]
    public void An_alert_is_remembered_by_the_next_try() =>
        Retry.After(new Retry(3, Now, Doubt.Away, Now, AlertedAt: Now), Doubt.Away, Now).AlertedAt.ShouldBe(Now);
}
