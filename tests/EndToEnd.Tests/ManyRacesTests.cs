using System.Collections.Concurrent;
using ChatGovernance.Core.Grants;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>
/// Two replicas, and what people and administrators do at the same moment, by chance in kind and order: whatever comes first, there is
/// one outcome, Keycloak holds what the bot says, and what others did by hand is not fought.
/// </summary>
[Collection(Alone.Name)]
public sealed class ManyRacesTests(ReplicaDeployment deployment) : JourneyTest(deployment), IClassFixture<ReplicaDeployment>
{
    private static readonly string[] people = ["alice", "dave", "erin", "frank", "grace"];
    private static readonly string[] groups = ["arena", "bridge", "canal", "clover", "comet", "desert", "dune", "echo", "fortress", "garden", "meteor", "oasis"];

    private readonly ConcurrentDictionary<string, int> played = new();

    private static int Races => FullScale ? 500 : 20;

    [Fact]
    public async Task Whatever_happens_at_once_has_one_outcome_and_Keycloak_holds_what_is_said()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}.");
        var aftermath = new Aftermath(Deployment);
        // One after another for each person, all of them beside each other.
        await Task.WhenAll(people.Index().Select(person => Lane(person.Item, new Random(seed + person.Index), Races / people.Length)));

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", played.Select(race => $"{race.Key}: {race.Value}")));
        // An approver is told of the same target for each person, and in some races a person asks for it twice.
        await aftermath.IsClean(Ct, times: 2 * people.Length * (Races / people.Length / groups.Length + 1));
        await Until(async () => (long)(await Deployment.Audit.Ask(
            "SELECT (SELECT count(*) FROM cards WHERE message IS NOT NULL) + (SELECT count(DISTINCT (conversation, message)) FROM notes WHERE message IS NOT NULL)", Ct))!
            == Deployment.Workspace.Messages.Count(m => m.UserId == Deployment.Workspace.BotUserId && m.OnlyFor is null), "as many messages as the bot knows of");
        (await Deployment.Audit.Ask("SELECT count(*) FROM grants WHERE over_at IS NULL", Ct)).ShouldBe(0L);
        (await Deployment.Audit.Ask("SELECT count(*) FROM (SELECT 1 FROM audit WHERE kind IN ('request.approved', 'request.denied', 'request.lapsed', 'request.cancelled', 'request.refused') GROUP BY subject HAVING count(*) > 1) AS twice", Ct)).ShouldBe(0L);
    }

    private async Task Lane(string name, Random random, int races)
    {
        (string Name, Func<SlackPerson, string, Task> Play)[] kinds =
        [
            ("two approvals", TwoApprovals),
            ("approval and denial", ApprovalAndDenial),
            ("approval and cancellation", ApprovalAndCancellation),
            ("approval and lapse", (person, _) => ApprovalAndLapse(person, random)),
            ("two ends", TwoEnds),
            ("end and new grant", EndAndNewGrant),
            ("grant and gift by hand", GrantAndGift),
            ("end and removal by hand", EndAndRemoval),
        ];
        var first = random.Next(kinds.Length);
        for (var race = 0; race < races; race++)
        {
            var kind = kinds[(first + race) % kinds.Length];
            await kind.Play(Deployment.Person(name), $"/apps/{groups[race % groups.Length]}");
            played.AddOrUpdate(kind.Name, 1, (_, before) => before + 1);
        }
    }

    private async Task TwoApprovals(SlackPerson person, string target)
    {
        var (bobs, carols) = await Questions(person, target);
        await Task.WhenAll(Pressed(Bob, bobs), Pressed(Carol, carols));
        await Told(person, $"Granted: you now have {target}", bobs.Ts);
        (await Count(Subject(bobs), "request.approved")).ShouldBe(1);
        (await Count(Subject(bobs), "vote.counted")).ShouldBe(1);
        await Over(person, bobs, target);
    }

    private async Task ApprovalAndDenial(SlackPerson person, string target)
    {
        var (bobs, carols) = await Questions(person, target);
        var dialog = await AboutToDeny(Carol, carols, "Not today.");
        await Task.WhenAll(Pressed(Bob, bobs), dialog.Submits(Ct));
        var decided = await Becomes(Bob, bobs, IsClosed);
        if (decided.Text.StartsWith("Denied by Carol Clark", StringComparison.Ordinal))
            (await Holds(person.User.Name, target)).ShouldBeFalse();
        else
            await Over(person, bobs, target);
    }

    private async Task ApprovalAndCancellation(SlackPerson person, string target)
    {
        var since = Newest(person);
        var (bobs, _) = await Questions(person, target);
        var own = await Direct(person, m => m.Text.StartsWith($"Your request for {target} waits", StringComparison.Ordinal) && string.CompareOrdinal(m.Ts, since) > 0);
        await Task.WhenAll(Pressed(Bob, bobs), Presses(person, own, "Cancel request"));
        var decided = await Becomes(Bob, bobs, IsClosed);
        if (decided.Text.StartsWith("Cancelled by", StringComparison.Ordinal))
            (await Holds(person.User.Name, target)).ShouldBeFalse();
        else
            await Over(person, bobs, target);
    }

    private async Task ApprovalAndLapse(SlackPerson person, Random random)
    {
        const string target = "/apps/lapsing";
        var since = Newest(Bob);
        await Asks(person, target);
        var bobs = await Direct(Bob, m => string.CompareOrdinal(m.Ts, since) > 0 && m.Text.Contains(target, StringComparison.Ordinal) && m.Text.Contains(person.User.RealName, StringComparison.Ordinal));
        if (IsClosed(bobs))
        {
            // A card that was drawn only after the end of the three seconds shows just that.
            (await Holds(person.User.Name, target)).ShouldBeFalse();
            return;
        }

        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(2500)), TimeProvider.System, Ct);
        await Bob.Clicks(bobs, "Approve", Ct);
        var decided = await Becomes(Bob, bobs, IsClosed);
        if (decided.Text.StartsWith("Approved by Bob Brown", StringComparison.Ordinal))
            await Over(person, bobs, target);
        else
            (await Holds(person.User.Name, target)).ShouldBeFalse();
    }

    private async Task TwoEnds(SlackPerson person, string target)
    {
        var first = await Granted(person, target);
        var second = await Granted(person, target, "4h");
        await Task.WhenAll(EndsNow(first), EndsNow(second));
        await Until(async () => await Count(Subject(first), "grant.ended") + await Count(Subject(second), "grant.ended") == 2, "both to end");
        (await Holds(person.User.Name, target)).ShouldBeFalse();
    }

    private async Task EndAndNewGrant(SlackPerson person, string target)
    {
        var first = await Granted(person, target);
        var (second, _) = await Questions(person, target, "4h");
        await Task.WhenAll(EndsNow(first), Pressed(Bob, second));
        await Until(async () => await Count(Subject(first), "grant.ended") == 1 && await Count(Subject(second), "grant.active") == 1, "one to end and the other to be active");
        (await Holds(person.User.Name, target)).ShouldBeTrue();
        await Over(person, second, target);
    }

    private async Task GrantAndGift(SlackPerson person, string target)
    {
        var (bobs, _) = await Questions(person, target);
        await Task.WhenAll(Pressed(Bob, bobs), Gives(person.User.Name, target));
        await Told(person, $"Granted: you now have {target}", bobs.Ts);
        (await Holds(person.User.Name, target)).ShouldBeTrue();
        await EndsNow(bobs);
        await HoldsWhatIsSaid(person, bobs, target);
        await Takes(person.User.Name, target);
    }

    private async Task EndAndRemoval(SlackPerson person, string target)
    {
        var bobs = await Granted(person, target);
        await Task.WhenAll(EndsNow(bobs, orItHasBegun: true), Takes(person.User.Name, target));
        await HoldsWhatIsSaid(person, bobs, target);
        (await Holds(person.User.Name, target)).ShouldBeFalse();
    }

    private async Task<SlackMessage> Granted(SlackPerson person, string target, string? duration = null)
    {
        var (bobs, _) = await Questions(person, target, duration);
        await Pressed(Bob, bobs);
        await Until(async () => await Count(Subject(bobs), "grant.active") == 1, "the grant to be active");
        return bobs;
    }

    private async Task<(SlackMessage Bobs, SlackMessage Carols)> Questions(SlackPerson person, string target, string? duration = null)
    {
        var since = Newest(Bob);
        await Asks(person, target, duration);
        return (await Question(Bob, person, target, since), await Question(Carol, person, target, since));
    }

    private Task Pressed(SlackPerson approver, SlackMessage question)
    {
        deployment.Turn();
        return Presses(approver, question, "Approve");
    }

    private async Task Over(SlackPerson person, SlackMessage question, string target)
    {
        await Until(async () => await Count(Subject(question), "grant.active") == 1, "the grant to be active");
        await EndsNow(question);
        await HoldsWhatIsSaid(person, question, target);
        (await Holds(person.User.Name, target)).ShouldBeFalse();
    }

    /// <summary>The grant has ended once, and the access is there exactly where the audit says that it was left.</summary>
    private async Task HoldsWhatIsSaid(SlackPerson person, SlackMessage question, string target)
    {
        await Until(async () => await Count(Subject(question), "grant.ended") == 1, "the grant to end");
        var outcome = (string)(await Deployment.Audit.Ask($"SELECT payload::jsonb -> 'facts' ->> 'outcome-code' FROM audit WHERE kind = 'grant.ended' AND subject = '{Subject(question)}'", Ct))!;
        (await Holds(person.User.Name, target)).ShouldBe(Enum.Parse<EndOutcome>(outcome) is not (EndOutcome.Removed or EndOutcome.AlreadyGone), outcome);
    }

    /// <summary>The administrator takes a group away from somebody.</summary>
    private async Task Takes(string username, string group) =>
        await Administrator(HttpMethod.Delete, $"users/{await UserId(username)}/groups/{await GroupId(group)}");
}
