using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>The ways a request can go, for each kind of target.</summary>
public sealed class OutcomeTests(Deployment deployment) : JourneyTest(deployment), IClassFixture<Deployment>
{
    [Theory]
    [InlineData("/apps/warehouse/readers")]
    [InlineData("bookkeeper")]
    [InlineData("ledger/read")]
    public async Task What_is_approved_is_held_until_its_end(string target)
    {
        var (bobs, carols) = await AsksBoth(Alice, target);
        bobs.Buttons.Select(b => b.Text).ShouldBe(["Approve", "Deny", "Shorten", "Ask"]);
        (await Holds("alice", target)).ShouldBeFalse();

        await Presses(Bob, bobs, "Approve");
        await Told(Alice, $"Granted: you now have {target}");
        (await Holds("alice", target)).ShouldBeTrue();
        IsClosed(await Becomes(Bob, bobs, m => m.Text.StartsWith("Approved by Bob Brown", StringComparison.Ordinal))).ShouldBeTrue();
        IsClosed(await Becomes(Carol, carols, m => m.Text.StartsWith("Approved by Bob Brown", StringComparison.Ordinal))).ShouldBeTrue();

        await Told(Alice, $"Your access to {target} ends in");
        var ended = await Told(Alice, $"Your access to {target} has ended");
        ended.AllText.ShouldContain("Taken away in Keycloak and checked.");
        (await Holds("alice", target)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("/apps/garden")]
    [InlineData("curator")]
    [InlineData("ledger/read")]
    public async Task What_is_denied_is_told_with_its_reason_and_never_given(string target)
    {
        var dave = Deployment.Person("dave");
        var (bobs, carols) = await AsksBoth(dave, target);
        await Denies(Carol, carols, "Not before the audit is over.");

        var told = await Told(dave, $"Carol Clark denied your request for {target}");
        told.AllText.ShouldContain("Not before the audit is over.");
        IsClosed(await Becomes(Bob, bobs, m => m.Text.StartsWith("Denied by Carol Clark", StringComparison.Ordinal))).ShouldBeTrue();
        IsClosed(await Becomes(Carol, carols, m => m.Text.StartsWith("Denied by Carol Clark", StringComparison.Ordinal))).ShouldBeTrue();
        (await Holds("dave", target)).ShouldBeFalse();
        (await Count(Subject(bobs), "grant.waiting")).ShouldBe(0);
    }

    [Theory]
    [InlineData("/apps/lapsing")]
    [InlineData("lapsing-role")]
    [InlineData("ledger/lapse")]
    public async Task What_nobody_decides_lapses_and_a_late_click_changes_nothing(string target)
    {
        var erin = Deployment.Person("erin");
        var (bobs, carols) = await AsksBoth(erin, target);

        await Told(erin, $"Nobody decided in time on your request for {target}");
        IsClosed(await Becomes(Carol, carols, m => m.Text.StartsWith("Not decided in time", StringComparison.Ordinal))).ShouldBeTrue();
        await Presses(Bob, bobs, "Approve");
        await Told(Bob, $"{target}: your click changed nothing");
        (await Holds("erin", target)).ShouldBeFalse();
        (await Count(Subject(bobs), "vote.cast")).ShouldBe(0);
    }
}
