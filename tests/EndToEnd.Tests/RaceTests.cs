using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>Clicks that come together, twice, or again.</summary>
public sealed class RaceTests(Deployment deployment) : JourneyTest(deployment), IClassFixture<Deployment>
{
    private static int Rounds => FullScale ? 20 : 3;

    [Fact]
    public async Task Two_approvers_at_the_same_moment_make_one_outcome_and_the_other_is_told_who_decided()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (bobs, carols) = await AsksBoth(Alice, "/apps/arena");
            var subject = Subject(bobs);
            await Task.WhenAll(Bob.Clicks(bobs, "Approve", Ct), Carol.Clicks(carols, "Approve", Ct));

            var decided = await Becomes(Bob, bobs, m => m.Text.StartsWith("Approved by ", StringComparison.Ordinal));
            var (winner, loser) = decided.Text.StartsWith("Approved by Bob", StringComparison.Ordinal) ? (Bob, Carol) : (Carol, Bob);
            await ToldThatOtherDecided(loser, winner, "approved", bobs.Ts);
            await Told(Alice, "Granted: you now have /apps/arena", bobs.Ts);
            (await Count(subject, "request.approved")).ShouldBe(1);
            (await Count(subject, "vote.counted")).ShouldBe(1);
            (await Count(subject, "grant.active")).ShouldBe(1);
        }
    }

    [Fact]
    public async Task An_approval_and_a_denial_at_the_same_moment_make_one_outcome()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (bobs, carols) = await AsksBoth(Alice, "/apps/summit");
            var subject = Subject(bobs);
            var dialog = await AboutToDeny(Carol, carols, "Not today.");
            await Task.WhenAll(Bob.Clicks(bobs, "Approve", Ct), dialog.Submits(Ct));

            var decided = await Becomes(Bob, bobs, IsClosed);
            var approved = decided.Text.StartsWith("Approved by Bob Brown", StringComparison.Ordinal);
            if (!approved)
                decided.Text.ShouldStartWith("Denied by Carol Clark");
            await ToldThatOtherDecided(approved ? Carol : Bob, approved ? Bob : Carol, approved ? "approved" : "denied", bobs.Ts);
            await Told(Alice, approved ? "Granted: you now have /apps/summit" : "Carol Clark denied your request for /apps/summit", bobs.Ts);
            (await Count(subject, "request.approved")).ShouldBe(approved ? 1 : 0);
            (await Count(subject, "request.denied")).ShouldBe(approved ? 0 : 1);
            (await Count(subject, "grant.active")).ShouldBe(approved ? 1 : 0);
        }
    }

    [Fact]
    public async Task A_cancellation_and_an_approval_at_the_same_moment_make_one_outcome_and_both_read_it()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var since = Newest(Alice);
            var (bobs, _) = await AsksBoth(Alice, "/apps/canal");
            var subject = Subject(bobs);
            var alices = await Direct(Alice, m => m.Text.StartsWith("Your request for /apps/canal waits", StringComparison.Ordinal) && string.CompareOrdinal(m.Ts, since) > 0);
            await Task.WhenAll(Bob.Clicks(bobs, "Approve", Ct), Alice.Clicks(alices, "Cancel request", Ct));

            var decided = await Becomes(Bob, bobs, IsClosed);
            var approved = decided.Text.StartsWith("Approved by Bob Brown", StringComparison.Ordinal);
            if (approved)
            {
                await Told(Alice, "Granted: you now have /apps/canal", bobs.Ts);
                await Told(Alice, "/apps/canal: your click changed nothing", bobs.Ts);
            }
            else
            {
                decided.Text.ShouldStartWith("Cancelled by Alice Adams");
                await Direct(Bob, m => string.CompareOrdinal(m.Ts, bobs.Ts) > 0 && m.AllText.Contains("already cancelled by Alice Adams", StringComparison.Ordinal));
            }

            await Becomes(Alice, alices, m => m.Buttons.Count == 0);
            (await Count(subject, "request.approved")).ShouldBe(approved ? 1 : 0);
            (await Count(subject, "request.cancelled")).ShouldBe(approved ? 0 : 1);
            (await Count(subject, "grant.active")).ShouldBe(approved ? 1 : 0);
        }
    }

    [Fact]
    public async Task A_double_click_counts_once()
    {
        var (bobs, _) = await AsksBoth(Alice, "/apps/clover");
        await Task.WhenAll(Bob.Clicks(bobs, "Approve", Ct), Bob.Clicks(bobs, "Approve", Ct));

        await Told(Alice, "Granted: you now have /apps/clover");
        await Told(Bob, "/apps/clover: your click changed nothing");
        (await Count(Subject(bobs), "vote.cast")).ShouldBe(1);
        (await Count(Subject(bobs), "request.approved")).ShouldBe(1);
        (await Count(Subject(bobs), "grant.active")).ShouldBe(1);
    }

    [Fact]
    public async Task A_delivery_that_comes_again_changes_nothing_and_is_answered_as_before()
    {
        var (bobs, _) = await AsksBoth(Alice, "/apps/echo");
        using var calls = new SlackCalls(Deployment);
        var click = SlackCalls.Click(Bob, bobs, "Approve");
        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => calls.Post(click, Ct)));
        await Told(Alice, "Granted: you now have /apps/echo");
        var later = await calls.Post(click, Ct);

        together.Append(later).ShouldAllBe(status => status == System.Net.HttpStatusCode.OK);
        (await Deployment.Audit.Ask($"SELECT count(*) FROM inbox WHERE subject = '{Subject(bobs)}'", Ct)).ShouldBe(1L);
        (await Count(Subject(bobs), "vote.cast")).ShouldBe(1);
        (await Count(Subject(bobs), "vote.refused")).ShouldBe(0);
        AllTold(Bob, "/apps/echo: your click changed nothing").ShouldBeEmpty();
        AllTold(Alice, "Granted: you now have /apps/echo").Count.ShouldBe(1);
    }

    private static Task ToldThatOtherDecided(SlackPerson loser, SlackPerson winner, string outcome, string after) =>
        Direct(loser, m => string.CompareOrdinal(m.Ts, after) > 0 && m.AllText.Contains($"already {outcome} by {winner.User.RealName}", StringComparison.Ordinal));
}
