using System.Net.Http.Headers;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>Slack is away, slow, full or forgetful: decisions and grants wait for no message, and everything is said once in the end.</summary>
public sealed class SlackTroubleTests(Deployment deployment) : JourneyTest(deployment), IClassFixture<Deployment>
{
    private static readonly string[] people = ["alice", "dave", "erin", "frank"];

    /// <summary>A message that may have been posted is looked for 20 s later.</summary>
    private static readonly TimeSpan untilSaid = TimeSpan.FromMinutes(4);

    private SlackFaults Faults => Deployment.Workspace.Faults;

    private string AuditChannel => Deployment.Workspace.Channel("access-audit").Id;

    [Fact]
    public async Task Each_conversation_with_a_trouble_of_its_own_gets_everything_once()
    {
        var aftermath = new Aftermath(Deployment);
        var questions = await Task.WhenAll(people.Select(async name => (await AsksBoth(Deployment.Person(name), "/apps/arena")).Bobs));
        SlackFault[] faults =
        [
            Faults.Dropped("chat.postMessage", Direct("alice"), times: 2),
            Faults.RateLimited(TimeSpan.FromSeconds(1), "chat.postMessage", Direct("dave"), times: 8),
            Faults.ServerError("chat.postMessage", Direct("erin"), times: 2),
            Faults.LostAnswer("chat.postMessage", Direct("frank"), times: 2),
            Faults.RateLimited(TimeSpan.FromSeconds(2), "chat.update", Bob.Direct.Id, times: 10),
            Faults.LostAnswer("chat.update", Carol.Direct.Id, times: 5),
            Faults.RateLimited(TimeSpan.FromSeconds(1), "chat.postMessage", AuditChannel, times: 3),
        ];
        try
        {
            foreach (var question in questions)
                await Presses(Bob, question, "Approve");
            foreach (var name in people)
                await Until(() => Holds(name, "/apps/arena"), $"{name} to have the access");
            foreach (var (name, question) in people.Zip(questions))
                await IsTold(name, question, aftermath);
            await aftermath.IsClean(Ct);
            faults.ShouldAllBe(fault => fault.Hits > 0);
        }
        finally
        {
            Faults.Clear();
        }
    }

    [Fact]
    public async Task While_Slack_is_away_access_is_given_and_taken_and_everybody_hears_of_it_once_it_is_back()
    {
        var aftermath = new Aftermath(Deployment);
        var dave = Deployment.Person("dave");
        var (kept, _) = await AsksBoth(dave, "/apps/bridge");
        var (over, _) = await AsksBoth(dave, "/apps/canal");
        await Presses(Bob, over, "Approve");
        await Told(dave, "Granted: you now have /apps/canal");

        // Whose account it is that decides is asked of Slack each time; what follows from a decision is not.
        using (Faults.Dropped("chat.update", times: int.MaxValue))
        using (Faults.Dropped("chat.postMessage", times: int.MaxValue))
        {
            await Presses(Bob, kept, "Approve");
            await Until(() => Holds("dave", "/apps/bridge"), "the access to be given");
        }

        using (var away = Faults.Dropped(times: int.MaxValue))
        {
            await EndsNow(over);
            await Until(async () => !await Holds("dave", "/apps/canal"), "the access to be taken away");
            await Until(() => Task.FromResult(away.Hits > 0), "the bot to have tried to tell");
        }

        await IsTold("dave", kept, aftermath);
        await dave.SeesMessage(m => m.Text.StartsWith("Your access to /apps/canal has ended", StringComparison.Ordinal), untilSaid, Ct);
        await aftermath.IsClean(Ct);
    }

    [Fact]
    public async Task What_an_archived_audit_channel_misses_is_in_it_once_it_is_back()
    {
        var aftermath = new Aftermath(Deployment);
        var erin = Deployment.Person("erin");
        var (question, _) = await AsksBoth(erin, "/apps/bridge");
        Deployment.Workspace.ChangeChannel(AuditChannel, channel => channel with { IsArchived = true });
        try
        {
            await Presses(Bob, question, "Approve");
            await Told(erin, "Granted: you now have /apps/bridge");
            (await aftermath.IsMirrored(Subject(question), Ct)).ShouldBeFalse();
        }
        finally
        {
            Deployment.Workspace.ChangeChannel(AuditChannel, channel => channel with { IsArchived = false });
        }

        await IsTold("erin", question, aftermath);
        await aftermath.IsClean(Ct);
    }

    [Fact]
    public async Task Who_deleted_the_message_that_a_thread_hangs_on_is_told_all_the_same()
    {
        var frank = Deployment.Person("frank");
        var (question, _) = await AsksBoth(frank, "/apps/bridge");
        var card = await Told(frank, "Your request for /apps/bridge waits for a decision");
        foreach (var message in new[] { card, question })
            await Deletes(message);

        await Presses(Bob, question, "Approve");
        await Told(frank, "Granted: you now have /apps/bridge");
        await Direct(Bob, m => m.Ts != question.Ts && m.Text.StartsWith("Approved by Bob Brown: /apps/bridge", StringComparison.Ordinal));
        await EndsNow(question);
        await Told(frank, "Your access to /apps/bridge has ended");
        AllTold(frank, "Granted: you now have /apps/bridge").Count.ShouldBe(1);
    }

    private string Direct(string name) => Deployment.Person(name).Direct.Id;

    private async Task IsTold(string name, SlackMessage question, Aftermath aftermath)
    {
        var person = Deployment.Person(name);
        await person.SeesMessage(m => m.ChannelId == person.Direct.Id && m.Text.StartsWith("Granted: you now have ", StringComparison.Ordinal) && string.CompareOrdinal(m.Ts, question.Ts) > 0, untilSaid, Ct);
        await Bob.SeesMessage(m => m.Ts == question.Ts && m.Text.StartsWith("Approved by Bob Brown", StringComparison.Ordinal), untilSaid, Ct);
        // A message a second is what Slack takes in a channel, and this one has had its own troubles.
        await Until(() => aftermath.IsMirrored(Subject(question), Ct), "every line of the audit to be in its channel", untilSaid);
    }

    /// <summary>An administrator of the workspace does.</summary>
    private async Task Deletes(SlackMessage message)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Deployment.Workspace.BotToken);
        using var form = new FormUrlEncodedContent([new("channel", message.ChannelId), new("ts", message.Ts)]);
        using var answer = await http.PostAsync(new Uri(Deployment.Workspace.ApiUrl, "chat.delete"), form, Ct);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain("\"ok\":true");
    }
}
