using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.TestSupport.Bots;
using Microsoft.AspNetCore.Http;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>The bot is killed or asked to end in the middle of things, and started again: nothing is lost, and nothing is said or done twice.</summary>
public sealed class CrashTests(ShortLeaseDeployment deployment) : JourneyTest(deployment), IClassFixture<ShortLeaseDeployment>
{
    /// <summary>What a killed process had claimed comes free with its lease.</summary>
    private static readonly TimeSpan untilRecovered = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task What_a_killed_bot_had_begun_is_finished_once()
    {
        var (dave, erin, frank) = (Deployment.Person("dave"), Deployment.Person("erin"), Deployment.Person("frank"));
        var (due, _) = await AsksBoth(Alice, "/apps/comet");
        var (counting, _) = await AsksBoth(dave, "/apps/phoenix");
        var (sending, _) = await AsksBoth(erin, "/apps/arena");
        var (sent, _) = await AsksBoth(frank, "/apps/clover");
        await Presses(Bob, due, "Approve");
        await Told(Alice, "Granted: you now have /apps/comet");

        // One vote that is being counted, one change before and one after Keycloak made it.
        var (counted, arena, clover) = (await UserId("dave"), await GroupId("/apps/arena"), await GroupId("/apps/clover"));
        using (var vote = Deployment.Proxy.Set(new ProxyEffect.Hold(), r => r.Method == "GET" && r.Path.Value!.Contains($"/users/{counted}", StringComparison.Ordinal)))
        using (var before = Deployment.Proxy.Set(new ProxyEffect.Hold(), r => IsChangeOf(r, arena)))
        using (var after = Deployment.Proxy.Set(new ProxyEffect.HoldAnswer(), r => IsChangeOf(r, clover)))
        {
            await Task.WhenAll(Bob.Clicks(counting, "Approve", Ct), Bob.Clicks(sending, "Approve", Ct), Bob.Clicks(sent, "Approve", Ct));
            await Task.WhenAll(vote.Reached, before.Reached, after.Done).WaitAsync(Patience, Ct);
            await Deployment.Bot.Kill();
        }

        (await Holds("erin", "/apps/arena")).ShouldBeFalse();
        (await Holds("frank", "/apps/clover")).ShouldBeTrue();
        (await Count(Subject(sent), "grant.active")).ShouldBe(0);

        // Meanwhile a grant comes due that nobody is there to end.
        await EndsNow(due);
        (await Holds("alice", "/apps/comet")).ShouldBeTrue();
        await Deployment.StartBot(Ct);

        await Told(Alice, "Your access to /apps/comet has ended");
        (await Holds("alice", "/apps/comet")).ShouldBeFalse();
        foreach (var (who, question, target) in new[] { (dave, counting, "/apps/phoenix"), (erin, sending, "/apps/arena"), (frank, sent, "/apps/clover") })
        {
            await who.SeesMessage(m => m.Text.StartsWith($"Granted: you now have {target}", StringComparison.Ordinal), untilRecovered, Ct);
            (await Holds(who.User.Name, target)).ShouldBeTrue();
            await Becomes(Bob, question, m => m.AllText.Contains("\nGranted, until ", StringComparison.Ordinal));
            foreach (var kind in (string[])["vote.cast", "vote.counted", "request.approved", "grant.waiting", "grant.active"])
                (await Count(Subject(question), kind)).ShouldBe(1, $"{kind} of {target}");
            AllTold(who, "Granted: ").Count.ShouldBe(1);
            AllTold(Bob, $"Approved by Bob Brown: {target}").Count.ShouldBe(1);
        }

        AllTold(Alice, "Your access to /apps/comet has ended").Count.ShouldBe(1);
        (await Count(Subject(due), "grant.ended")).ShouldBe(1);
        (await BotProcess.Run(Deployment.Settings, ["audit", "verify"], Ct)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_bot_that_is_asked_to_end_finishes_the_change_that_it_has_begun_and_leaves_nothing_claimed()
    {
        var grace = Deployment.Person("grace");
        var (question, _) = await AsksBoth(grace, "/apps/desert");
        var desert = await GroupId("/apps/desert");
        Task<int> ended;
        using (var change = Deployment.Proxy.Set(new ProxyEffect.HoldAnswer(), r => IsChangeOf(r, desert)))
        {
            await Presses(Bob, question, "Approve");
            await change.Done.WaitAsync(Patience, Ct);
            ended = Deployment.Bot.Stop(Ct);
            await Until(async () => !await Listens(), "the bot to take nothing new");
            (await Count(Subject(question), "grant.active")).ShouldBe(0);
        }

        (await ended.WaitAsync(Patience, Ct)).ShouldBe(0);
        (await Count(Subject(question), "grant.active")).ShouldBe(1);
        foreach (var table in (string[])["inbox", "requests", "entitlements", "cards", "notes", "webhook_events"])
            (await Deployment.Audit.Ask($"SELECT count(*) FROM {table} WHERE lease_owner IS NOT NULL", Ct)).ShouldBe(0L, table);

        await Deployment.StartBot(Ct);
        await Told(grace, "Granted: you now have /apps/desert");
        AllTold(grace, "Granted: ").Count.ShouldBe(1);
    }

    private async Task<bool> Listens()
    {
        try
        {
            return (await Health("live")).Status != default;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static bool IsChangeOf(HttpRequest request, string group) => request.Method == "PUT" && request.Path.Value!.EndsWith($"/groups/{group}", StringComparison.Ordinal);
}
