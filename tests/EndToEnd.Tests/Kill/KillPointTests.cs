using System.Collections.Concurrent;

namespace ChatGovernance.EndToEnd.Tests.Kill;

/// <summary>Kills the bot before and after one step that touches the outside or commits.</summary>
public abstract class KillPointTests(KillDeployment deployment) : KillTests(deployment), IClassFixture<KillDeployment>
{
    private static readonly ConcurrentDictionary<KillDeployment, int> played = new();

    /// <summary>Each moment once, every other one with a successor that runs already; at full scale once with each kind.</summary>
    protected static TheoryData<string, bool> Each(IEnumerable<KillPoint> points, bool besideFirst = false)
    {
        var cases = new TheoryData<string, bool>();
        foreach (var (index, point) in points.Index())
        {
            foreach (var beside in FullScale ? [false, true] : (bool[])[index % 2 == 0 == besideFirst])
                cases.Add(point.Name, beside);
        }

        return cases;
    }

    /// <param name="beside">The successor runs already when the bot is killed.</param>
    protected async Task IsKilled(IReadOnlyList<KillPoint> points, string name, bool beside)
    {
        var point = points.Single(point => point.Name == name);
        var story = await NextStory();
        var aftermath = new Aftermath(Deployment);
        var moment = point.Set(deployment, story);
        using var life = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var killing = Kill(moment, beside);
        var playing = Play(story, life.Token);
        if (await Task.WhenAny(killing, playing) == playing)
            await playing; // a story that fails says more than a moment that never came
        await killing.WaitAsync(UntilRecovered, Ct);
        var question = await playing;

        await WentWell(story, question, aftermath);
        await aftermath.IsClean(Ct);
    }

    private Task<Story> NextStory()
    {
        var number = played.AddOrUpdate(deployment, 0, (_, before) => before + 1);
        return StoryOf(People[number % People.Count], number / People.Count);
    }

    private async Task Kill(KillMoment moment, bool beside)
    {
        await moment.Reached.WaitAsync(Ct);
        var killed = Deployment.Bot;
        if (beside)
            await Deployment.StartAnother(Ct);
        await killed.Kill();
        moment.Dispose();
        if (!beside)
            await Deployment.StartAnother(Ct);
        await killed.DisposeAsync();
    }
}

/// <summary>Right before each commit.</summary>
public sealed class KilledBeforeCommitTests(KillDeployment deployment) : KillPointTests(deployment)
{
    public static TheoryData<string, bool> Moments => Each(KillPoint.Commits.Where(point => !point.IsAfter));

    [Theory, MemberData(nameof(Moments))]
    public Task A_commit_that_a_killed_bot_did_not_make_is_made_once(string moment, bool beside) => IsKilled(KillPoint.Commits, moment, beside);
}

/// <summary>Right after each commit, before the bot knows of it.</summary>
public sealed class KilledAfterCommitTests(KillDeployment deployment) : KillPointTests(deployment)
{
    public static TheoryData<string, bool> Moments => Each(KillPoint.Commits.Where(point => point.IsAfter), besideFirst: true);

    [Theory, MemberData(nameof(Moments))]
    public Task A_commit_that_a_killed_bot_made_is_made_once(string moment, bool beside) => IsKilled(KillPoint.Commits, moment, beside);
}

/// <summary>Around each change in Keycloak.</summary>
public sealed class KilledAtChangeTests(KillDeployment deployment) : KillPointTests(deployment)
{
    public static TheoryData<string, bool> Moments => Each(KillPoint.Changes);

    [Theory, MemberData(nameof(Moments))]
    public Task A_change_that_a_killed_bot_sent_or_did_not_send_is_in_Keycloak_once_read_back(string moment, bool beside) => IsKilled(KillPoint.Changes, moment, beside);
}

/// <summary>Right before each message.</summary>
public sealed class KilledBeforeMessageTests(KillDeployment deployment) : KillPointTests(deployment)
{
    public static TheoryData<string, bool> Moments => Each(KillPoint.Messages.Where(point => !point.IsAfter));

    [Theory, MemberData(nameof(Moments))]
    public Task A_message_that_a_killed_bot_did_not_post_is_there_once(string moment, bool beside) => IsKilled(KillPoint.Messages, moment, beside);
}

/// <summary>Right after each message, before the bot knows of it.</summary>
public sealed class KilledAfterMessageTests(KillDeployment deployment) : KillPointTests(deployment)
{
    public static TheoryData<string, bool> Moments => Each(KillPoint.Messages.Where(point => point.IsAfter), besideFirst: true);

    [Theory, MemberData(nameof(Moments))]
    public Task A_message_that_a_killed_bot_posted_is_there_once(string moment, bool beside) => IsKilled(KillPoint.Messages, moment, beside);
}
