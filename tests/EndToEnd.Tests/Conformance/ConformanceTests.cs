using ChatGovernance.EndToEnd.Tests.Teams;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests.Conformance;

/// <summary>Each journey is played on every platform by the same test, and what people see and what the audit says of it is compared.</summary>
public abstract class ConformanceTests(TeamsDeployment deployment) : TeamsTest(deployment)
{
    [Fact]
    public Task Approved_granted_and_given_back() => IsTheSame("/apps/arena", "/apps/bridge", async (side, story) =>
    {
        var question = await story.Question();
        await side.Presses("bob", question, "Approve");
        var mine = await side.Sees("alice", "Approved by Bob Brown: your request", story.Since("alice"));
        await side.Sees("alice", $"Granted: you now have {story.Target}", story.Since("alice"));
        (await Holds("alice", story.Target)).ShouldBeTrue();
        story.Keep(await side.Gains("bob", question, "Revoke"));
        mine = story.Keep(await side.Gains("alice", mine, "Give back"));
        await side.Presses("alice", mine, "Give back");
        await side.Sees("alice", $"Your access to {story.Target} has ended", story.Since("alice"));
        (await Holds("alice", story.Target)).ShouldBeFalse();
    });

    [Fact]
    public Task Denied_with_a_reason() => IsTheSame("/apps/canal", "/apps/clover", async (side, story) =>
    {
        var question = await story.Question();
        await side.Fills("bob", question, "Deny", "Deny", "reason", "Use <b>the</b> *replica* & nothing else.");
        story.Keep(await side.Becomes("bob", question, "Denied by Bob Brown"));
        story.Keep(await side.Sees("alice", "Bob Brown denied your request", story.Since("alice")));
    });

    [Fact]
    public Task Approved_for_less() => IsTheSame("/apps/comet", "/apps/desert", async (side, story) =>
    {
        var question = await story.Question();
        await side.Fills("bob", question, "Shorten", "Approve", "duration", null);
        await side.Sees("alice", $"Granted: you now have {story.Target}", story.Since("alice"));
        story.Keep(await side.Gains("bob", question, "Revoke"));
    });

    [Fact]
    public Task Asked_about_and_answered() => IsTheSame("/apps/delta", "/apps/dune", async (side, story) =>
    {
        var question = await story.Question();
        await side.Fills("bob", question, "Ask", "Ask", "question", "Which import is it?");
        var asked = story.Keep(await side.Sees("alice", "Bob Brown has a question", story.Since("alice")));
        await side.Fills("alice", asked, "Answer", "Answer", "question", "The nightly one.");
        story.Keep(await side.Sees("bob", "Alice Adams answers your question", story.Since("bob")));
        await side.Presses("bob", question, "Approve");
        await side.Sees("alice", $"Granted: you now have {story.Target}", story.Since("alice"));
    });

    [Fact]
    public Task Cancelled() => IsTheSame("/apps/echo", "/apps/fortress", async (side, story) =>
    {
        var question = await story.Question();
        var mine = story.Keep(await side.Sees("alice", $"Your request for {story.Target} waits", story.Since("alice")));
        await side.Presses("alice", mine, "Cancel request");
        story.Keep(await side.Becomes("bob", question, "Cancelled by Alice Adams"));
        story.Keep(await side.Becomes("alice", mine, "Cancelled by Alice Adams"));
    });

    [Fact]
    public Task A_decision_that_comes_too_late() => IsTheSame("/apps/garden", "/apps/meteor", async (side, story) =>
    {
        var question = await story.Question();
        var carols = await side.Sees("carol", $"Alice Adams asks for {story.Target}", story.Since("carol"));
        await side.Presses("bob", question, "Approve");
        await side.Becomes("carol", carols, "Approved by Bob Brown");
        await side.Sees("alice", $"Granted: you now have {story.Target}", story.Since("alice"));
        await side.Presses("carol", carols, "Approve");
        story.Keep(await side.Sees("carol", $"{story.Target}: your click changed nothing", story.Since("carol")));
    });

    [Fact]
    public Task Revoked() => IsTheSame("/apps/oasis", "/apps/phoenix", async (side, story) =>
    {
        var question = await story.Question();
        await side.Presses("bob", question, "Approve");
        await side.Sees("alice", $"Granted: you now have {story.Target}", story.Since("alice"));
        var decided = story.Keep(await side.Gains("bob", question, "Revoke"));
        await side.Presses("bob", decided, "Revoke");
        story.Keep(await side.Sees("alice", $"Your access to {story.Target} has ended", story.Since("alice")));
        (await Holds("alice", story.Target)).ShouldBeFalse();
    });

    [Fact]
    public Task Nobody_decides_on_their_own_request() => IsTheSame("/apps/quarry", "/apps/river", async (side, story) =>
    {
        var carols = await side.Sees("carol", $"Bob Brown asks for {story.Target}", story.Since("carol"));
        side.Titles("bob", story.Since("bob")).ShouldNotContain($"Bob Brown asks for {story.Target}");
        await side.Presses("carol", carols, "Approve");
        await side.Sees("bob", $"Granted: you now have {story.Target}", story.Since("bob"));
    }, "bob");

    [Fact]
    public Task Given_back_by_its_name_after_a_look_at_what_there_is() => IsTheSame("/apps/summit", "/apps/valley", async (side, story) =>
    {
        var question = await story.Question();
        await side.Presses("bob", question, "Approve");
        await side.Sees("alice", $"Granted: you now have {story.Target}", story.Since("alice"));
        await side.Types("alice", "status");
        story.Keep(await side.Sees("alice", "Your access", story.Since("alice")));
        await side.Types("alice", $"end {story.Target}");
        await side.Sees("alice", $"Your access to {story.Target} has ended", story.Since("alice"));
        (await Holds("alice", story.Target)).ShouldBeFalse();
    });

    private async Task IsTheSame(string onSlack, string onTeams, Func<ISide, Story, Task> play, string requester = "alice")
    {
        var slack = await Play(new SlackSide(Deployment.Person, (person, target) => Asks(person, target), (person, act) => Opens(person, act), Ct), onSlack, play, requester);
        var teams = await Play(new TeamsSide(Tenant, (person, target) => Asks(person, target), Ct), onTeams, play, requester);

        teams.ShouldBe(slack);
    }

    /// <returns>What was kept of it, then what the audit says.</returns>
    private async Task<IReadOnlyList<string>> Play(ISide side, string target, Func<ISide, Story, Task> play, string requester)
    {
        var story = new Story(side, target, requester);
        await side.Asks(requester, target);
        await play(side, story);
        // Every journey ends; the requester's own copy may follow a moment later.
        await Until(() => Task.FromResult(!side.Titles(requester, story.Since(requester)).Any(title => title.EndsWith("waits for a decision", StringComparison.Ordinal))), "the requester's copy to show the outcome");
        var subject = (string)(await Deployment.Audit.Ask($"SELECT subject FROM audit WHERE kind = 'request.received' AND subject LIKE 'request:%' ORDER BY number DESC LIMIT 1", Ct))!;
        var audit = (await Deployment.Audit.Read(Ct, subject)).Select(row => row.Kind);
        return [.. story.Kept, .. audit, .. side.Titles(requester, story.Since(requester)).Order(StringComparer.Ordinal).Select(title => title.Replace(target, "TARGET", StringComparison.Ordinal))];
    }

    private sealed class Story(ISide side, string target, string requester)
    {
        private readonly Dictionary<string, string> since = new[] { "alice", "bob", "carol" }.ToDictionary(who => who, side.Mark);
        private readonly List<string> kept = [];

        public string Target => target;

        public IReadOnlyList<string> Kept => kept;

        public string Since(string who) => since[who];

        public Copy Keep(Copy copy)
        {
            kept.Add($"{copy}".Replace(target, "TARGET", StringComparison.Ordinal));
            return copy;
        }

        /// <summary>Bob's copy, with its buttons.</summary>
        public async Task<Copy> Question() => Keep(await side.Sees("bob", $"{(requester == "alice" ? "Alice Adams" : "Bob Brown")} asks for {target}", Since("bob")));
    }
}

/// <summary>With the sandbox's realm.</summary>
public sealed class SandboxConformanceTests(SandboxTeamsDeployment deployment) : ConformanceTests(deployment), IClassFixture<SandboxTeamsDeployment>;

/// <summary>With a real Keycloak and PostgreSQL, both platforms on.</summary>
public sealed class KeycloakConformanceTests(TeamsDeployment deployment) : ConformanceTests(deployment), IClassFixture<TeamsDeployment>;
