using ChatGovernance.TestSupport.Bots;
using Microsoft.AspNetCore.Http;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>Keycloak does not make the changes that are wanted of it, and then does.</summary>
public sealed class KeycloakChangeTroubleTests(Deployment deployment) : JourneyTest(deployment), IClassFixture<Deployment>
{
    public static TheoryData<string> Troubles => [.. FullScale ? Trouble.All : ["dropped", "403", "404", "409", "garbage"]];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task A_grant_waits_while_Keycloak_does_not_make_the_change_and_is_made_when_it_does(string trouble)
    {
        var dave = Deployment.Person("dave");
        var told = Newest(dave);
        var (bobs, _) = await AsksBoth(dave, "/apps/dune");
        using (var fault = Deployment.Proxy.Set(Trouble.Effect(trouble), IsChange))
        {
            await Presses(Bob, bobs, "Approve");
            await Becomes(Bob, bobs, m => m.Text.StartsWith("Approved by Bob Brown", StringComparison.Ordinal) && m.AllText.Contains("The access is being set up", StringComparison.Ordinal));
            await fault.Reached.WaitAsync(Patience, Ct);
            AllTold(dave, "Granted: ").Where(m => string.CompareOrdinal(m.Ts, told) > 0).ShouldBeEmpty();
        }

        await Told(dave, "Granted: you now have /apps/dune", told);
        (await Holds("dave", "/apps/dune")).ShouldBeTrue();
        (await Count(Subject(bobs), "grant.active")).ShouldBe(1);
        (await Count(Subject(bobs), "grant.failed")).ShouldBe(0);
        await EndsNow(bobs);
        await Told(dave, "Your access to /apps/dune has ended", told);
        (await Holds("dave", "/apps/dune")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("curator")]
    [InlineData("/apps/garden")]
    public async Task A_change_whose_answer_was_lost_is_found_made(string target)
    {
        var erin = Deployment.Person("erin");
        var (bobs, _) = await AsksBoth(erin, target);
        using (var fault = Deployment.Proxy.Set(new ProxyEffect.LoseAnswer(), IsChange))
        {
            await Presses(Bob, bobs, "Approve");
            await fault.Done.WaitAsync(Patience, Ct);
            await Told(erin, $"Granted: you now have {target}");
        }

        await EndsNow(bobs);
        (await Told(erin, $"Your access to {target} has ended")).AllText.ShouldContain("Taken away in Keycloak and checked.");
        (await Holds("erin", target)).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task An_end_is_tried_until_Keycloak_takes_the_access_away(string trouble)
    {
        var frank = Deployment.Person("frank");
        var told = Newest(frank);
        var (bobs, _) = await AsksBoth(frank, "/apps/oasis");
        await Presses(Bob, bobs, "Approve");
        await Told(frank, "Granted: you now have /apps/oasis", told);
        using (Deployment.Proxy.Set(Trouble.Effect(trouble), trouble == "empty lists" ? IsChange : null))
        {
            await EndsNow(bobs);
            await Becomes(Bob, bobs, m => m.AllText.Contains("Is being taken away: its time is over.", StringComparison.Ordinal));
            (await Holds("frank", "/apps/oasis")).ShouldBeTrue();
            (await Count(Subject(bobs), "grant.ended")).ShouldBe(0);
        }

        await Told(frank, "Your access to /apps/oasis has ended", told);
        (await Holds("frank", "/apps/oasis")).ShouldBeFalse();
    }

    private static bool IsChange(HttpRequest request) =>
        request.Method is "PUT" or "DELETE" || (request.Method == "POST" && !request.Path.Value!.EndsWith("/token", StringComparison.Ordinal));
}
