using System.Net;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests.Teams;

/// <summary>Whoever is a guest in the tenant, or belongs to another one, is not served, whatever they are in Keycloak.</summary>
public sealed class TeamsPeopleTests(GuestTeamsDeployment deployment) : TeamsTest(deployment), IClassFixture<GuestTeamsDeployment>
{
    [Theory]
    [InlineData("erin", "Guests are not served here.")]
    [InlineData("frank", "People of other organizations are not served here.")]
    public async Task They_are_told_why_and_nothing_is_asked(string name, string why)
    {
        var person = deployment.TeamsPerson(name);
        var after = Newest(person);

        (await person.Types("request access /apps/meteor", Ct)).Status.ShouldBe(HttpStatusCode.OK);

        (await Told(person, why, after)).Buttons.ShouldNotContain(button => button.Text == "Send");
        (await Deployment.Audit.Ask("SELECT count(*) FROM requests WHERE target_name = '/apps/meteor'", Ct)).ShouldBe(0L);
    }

    [Fact]
    public async Task A_guest_among_the_approvers_is_not_asked_and_the_requester_is_told_whom_to_ask_elsewhere()
    {
        var bobs = Newest(TeamsBob);
        await Asks(TeamsAlice, "/apps/oasis");
        await Question(TeamsBob, "Alice Adams", "/apps/oasis", bobs);

        await TeamsAlice.Sees(m => m.AllText.Contains("Cannot be reached in chat: Carol Clark", StringComparison.Ordinal), Ct);
        TeamsCarol.Messages.ShouldNotContain(m => m.Summary.Contains("/apps/oasis", StringComparison.Ordinal));
    }
}
