using System.Diagnostics;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;

namespace ChatGovernance.EndToEnd.Tests.Kill;

/// <summary>
/// The bot's process is killed at a chosen moment, and another one goes on: started after it died, or running beside it already.
/// There is one outcome, the membership follows it, nothing is lost, nothing is said twice, and the chain verifies.
/// </summary>
public abstract class KillTests(ShortestLeaseDeployment deployment) : JourneyTest(deployment)
{
    protected static IReadOnlyList<string> People { get; } = ["alice", "dave", "erin", "frank", "grace"];

    private static readonly string[] groups = ["arena", "bridge", "canal", "clover", "comet", "desert", "dune", "echo", "fortress", "garden", "meteor", "oasis"];

    /// <summary>What a killed process had claimed comes free with its lease; a message that it may have posted is looked for 20 s later.</summary>
    protected virtual TimeSpan UntilRecovered => TimeSpan.FromMinutes(5);

    /// <summary>One outcome, in Keycloak and in the audit, and each of its rows in the channel.</summary>
    private protected async Task WentWell(Story story, SlackMessage question, Aftermath aftermath)
    {
        await Until(async () => await aftermath.IsMirrored(Subject(question), Ct), "every line of the audit to be in its channel", UntilRecovered);
        (await Holds(story.Requester.User.Name, story.Target)).ShouldBeFalse();
        var subject = Subject(question);
        foreach (var kind in (string[])
            ["request.received", "request.pending", "vote.cast", "vote.counted", "request.approved", "grant.waiting", "tenure.opened", "grant.started", "grant.active", "grant.ending", "grant.removal-started", "grant.ended"])
            (await Count(subject, kind)).ShouldBe(1, kind);
    }

    /// <param name="number">How many such stories this person had before.</param>
    protected async Task<Story> StoryOf(string person, int number)
    {
        var target = $"/apps/{groups[number % groups.Length]}";
        return new Story(Deployment.Person(person), target, Bob, Deployment.Workspace.Channel("access-audit").Id, await UserId(person), await GroupId(target));
    }

    /// <summary>From the question to the end, by people who try again when the bot does not answer.</summary>
    protected async Task<SlackMessage> Play(Story story, CancellationToken ct)
    {
        var name = story.Requester.User.Name;
        var since = Newest(story.Requester);
        while (!await Asks(story, since, ct))
        {
        }

        var question = await Sees(Bob, m => m.Buttons.Count > 0 && m.Text.StartsWith($"{story.Requester.User.RealName} asks for {story.Target}\n", StringComparison.Ordinal), since, ct);
        await Stubbornly(async () => (await Bob.Clicks(question, "Approve", ct)).Worked ? question : throw new TimeoutException("The click was not taken."), ct);
        await Sees(story.Requester, m => m.Text.StartsWith($"Granted: you now have {story.Target}", StringComparison.Ordinal), since, ct);
        (await Holds(name, story.Target)).ShouldBeTrue();

        await EndsNow(question);
        await Sees(story.Requester, m => m.Text.StartsWith($"Your access to {story.Target} has ended", StringComparison.Ordinal), since, ct);
        await Bob.SeesMessage(m => m.Ts == question.Ts && m.Buttons.Count == 0 && m.AllText.Contains("nded", StringComparison.Ordinal), UntilRecovered, ct);
        return question;
    }

    /// <summary>False: the form went away with an answer that was lost, and with it what was asked.</summary>
    private async Task<bool> Asks(Story story, string since, CancellationToken ct)
    {
        var modal = await Stubbornly(async () =>
        {
            // A form that came late, for what was typed before, is none to fill.
            if (story.Requester.Modal is { } left)
                await left.Closes(ct, all: true);
            await Types(story, ct);
            var opened = await story.Requester.SeesModal(v => v.Title == "Request access", TimeSpan.FromSeconds(5), ct);
            return await opened.Shows(_ => opened.Has("duration") && opened.ValueOf("target") == $"group:{story.GroupId}", TimeSpan.FromSeconds(5), ct);
        }, ct);
        modal.Writes("justification", Reason);
        var sent = await Stubbornly(async () => await modal.Submits(ct) is { Trouble: null or "view_closed" } answered && answered.Errors.Count == 0
            ? answered
            : throw new TimeoutException("The form was not taken."), ct);
        if (sent.Closed)
            return true;

        // Another form of theirs has taken its place; whether the first was taken, the bot tells.
        try
        {
            await story.Requester.SeesMessage(
                m => m.ChannelId == story.Requester.Direct.Id && string.CompareOrdinal(m.Ts, since) > 0 && m.Text.StartsWith($"Your request for {story.Target}", StringComparison.Ordinal),
                TimeSpan.FromSeconds(30), ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static async Task Types(Story story, CancellationToken ct)
    {
        if ((await story.Requester.Types($"/request-access {story.Target}", ct)).Error is { } error)
            throw new TimeoutException(error);
    }

    private Task<SlackMessage> Sees(SlackPerson person, Func<SlackMessage, bool> fits, string since, CancellationToken ct) =>
        person.SeesMessage(m => m.ChannelId == person.Direct.Id && string.CompareOrdinal(m.Ts, since) > 0 && fits(m), UntilRecovered, ct);

    /// <summary>What a person does who gets no answer: the same again.</summary>
    private async Task<T> Stubbornly<T>(Func<Task<T>> act, CancellationToken ct)
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                return await act();
            }
            catch (TimeoutException) when (waited.Elapsed < UntilRecovered)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, ct);
            }
        }
    }
}
