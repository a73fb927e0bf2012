using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>More than one grant, or something else, gives the same access.</summary>
public sealed class OverlapTests(Deployment deployment) : JourneyTest(deployment), IClassFixture<Deployment>
{
    [Fact]
    public async Task A_second_request_is_refused_while_the_first_is_open()
    {
        var (bobs, _) = await AsksBoth(Alice, "/apps/bridge");
        await Asks(Alice, "/apps/bridge");
        (await Told(Alice, "Your request for /apps/bridge was refused")).AllText.ShouldContain("You have already asked for this, and it is not decided yet.");

        await Presses(Bob, bobs, "Approve");
        await Told(Alice, "Granted: you now have /apps/bridge");
        Bob.Messages.Count(m => m.AllText.Contains("/apps/bridge", StringComparison.Ordinal) && m.ChannelId == Bob.Direct.Id).ShouldBe(1);
    }

    [Fact]
    public async Task Access_that_was_granted_twice_goes_when_the_last_grant_ends()
    {
        var dave = Deployment.Person("dave");
        var (first, _) = await AsksBoth(dave, "/apps/canal");
        await Presses(Bob, first, "Approve");
        var granted = await Told(dave, "Granted: you now have /apps/canal");
        var (second, _) = await AsksBoth(dave, "/apps/canal", "4h");
        await Presses(Bob, second, "Approve");
        await Told(dave, "Granted: you now have /apps/canal", granted.Ts);

        await EndsNow(first);
        var kept = await Told(dave, "Your grant of /apps/canal has ended; you still have it");
        kept.AllText.ShouldContain("Another grant of the same access goes on, so nothing was taken away.");
        (await Holds("dave", "/apps/canal")).ShouldBeTrue();

        await EndsNow(second);
        var gone = await Told(dave, "Your access to /apps/canal has ended", kept.Ts);
        gone.AllText.ShouldContain("Taken away in Keycloak and checked.");
        (await Holds("dave", "/apps/canal")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("/apps/garden")]
    [InlineData("curator")]
    [InlineData("ledger/read")]
    public async Task What_was_held_before_is_never_taken_away(string target)
    {
        var erin = Deployment.Person("erin");
        await Gives("erin", target);
        var (bobs, _) = await AsksBoth(erin, target);
        await Presses(Bob, bobs, "Approve");
        await Told(erin, $"Granted: you now have {target}");

        await EndsNow(bobs);
        (await Told(erin, $"Your grant of {target} has ended; you still have it")).AllText.ShouldContain("It was held before, so nothing was taken away.");
        (await Holds("erin", target)).ShouldBeTrue();
        var id = await UserId("erin");
        Deployment.Proxy.Calls.ShouldNotContain(c => c.IsChange && c.Path.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_somebody_else_gave_again_meanwhile_is_not_taken_away()
    {
        var frank = Deployment.Person("frank");
        var (bobs, _) = await AsksBoth(frank, "steward");
        await Presses(Bob, bobs, "Approve");
        await Told(frank, "Granted: you now have steward");
        await Gives("frank", "steward");

        await EndsNow(bobs);
        (await Told(frank, "Your grant of steward has ended; you still have it")).AllText.ShouldContain("Somebody gave it again in Keycloak meanwhile, so nothing was taken away.");
        (await Holds("frank", "steward")).ShouldBeTrue();
    }
}
