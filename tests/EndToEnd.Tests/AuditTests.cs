using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>What the security team reads, and what the bot's own log must not hold.</summary>
public sealed class AuditTests(Deployment deployment) : JourneyTest(deployment), IClassFixture<Deployment>
{
    private const string Unheard = "Because of the zebra in the library.";

    private SlackChannel Channel => Deployment.Workspace.Channel("access-audit");

    [Fact]
    public async Task A_story_is_one_thread_that_matches_the_database_and_a_changed_row_is_found()
    {
        var (bobs, _) = await AsksBoth(Alice, "/apps/island", reason: Unheard);
        await Presses(Bob, bobs, "Approve");
        await Told(Alice, "Your access to /apps/island has ended");
        var (denied, _) = await AsksBoth(Alice, "/apps/garden", reason: Unheard);
        await Denies(Bob, denied, "No zebras here.");
        await Told(Alice, "Bob Brown denied your request for /apps/garden");

        var root = await Deployment.Workspace.SeesMessage(Channel.Id, m => !m.IsReply && m.Text.StartsWith("Alice Adams asks for /apps/island", StringComparison.Ordinal), Patience, Ct);
        await Line(root, "Request: ");
        await Line(root, "Decision: approved by Bob Brown.");
        await Line(root, "Granted: Keycloak confirms that Alice Adams has /apps/island, until ");
        await Line(root, "Ended: /apps/island of Alice Adams. Taken away in Keycloak and checked.");
        var rows = await Deployment.Audit.Read(Ct, Subject(bobs));
        var thread = string.Join('\n', Thread(root).Select(m => m.AllText));
        rows.ShouldAllBe(row => thread.Contains(row.Mark, StringComparison.Ordinal));
        rows.Select(row => row.Kind).ShouldBeSubsetOf([
            "request.received", "request.pending", "vote.cast", "vote.counted", "request.approved", "tenure.opened", "grant.waiting",
            "grant.started", "grant.active", "grant.reminded", "grant.ending", "grant.removal-started", "grant.ended"]);

        var other = await Deployment.Workspace.SeesMessage(Channel.Id, m => !m.IsReply && m.Text.StartsWith("Alice Adams asks for /apps/garden", StringComparison.Ordinal), Patience, Ct);
        other.Ts.ShouldNotBe(root.Ts);
        await Line(other, "Decision: denied by Bob Brown.");

        var all = await Deployment.Audit.Read(Ct);
        all.Select(row => row.Number).ShouldBe(Enumerable.Range(1, all.Count).Select(n => (long)n));
        var holds = await BotProcess.Run(Deployment.Settings, ["audit", "verify"], Ct);
        holds.ExitCode.ShouldBe(0, holds.Output);

        SaysNothingPersonal(Deployment.BotOutput);
        await ChangedRowsAreFound(rows);
    }

    private async Task ChangedRowsAreFound(IReadOnlyList<AuditTrailRow> rows)
    {
        var approved = rows.Single(row => row.Kind == "request.approved").Number;
        (string Change, string Back)[] changes =
        [
            ($"UPDATE audit SET payload = replace(payload, 'approved', 'denied12') WHERE number = {approved}", $"UPDATE audit SET payload = replace(payload, 'denied12', 'approved') WHERE number = {approved}"),
            ($"UPDATE audit SET kind = 'request.denied' WHERE number = {approved}", $"UPDATE audit SET kind = 'request.approved' WHERE number = {approved}"),
            ($"UPDATE audit_text SET text = 'Carol Clark' WHERE number = {approved} AND field = 'by'", $"UPDATE audit_text SET text = 'Bob Brown' WHERE number = {approved} AND field = 'by'"),
        ];
        foreach (var (change, back) in changes)
        {
            (await Deployment.Audit.Tamper(change, Ct)).ShouldBe(1);
            var broken = await BotProcess.Run(Deployment.Settings, ["audit", "verify"], Ct);
            broken.ExitCode.ShouldBe(1, broken.Output);
            broken.Output.ShouldContain($"broken at row {approved}:");
            (await Deployment.Audit.Tamper(back, Ct)).ShouldBe(1);
        }

        (await BotProcess.Run(Deployment.Settings, ["audit", "verify"], Ct)).ExitCode.ShouldBe(0);
    }

    private void SaysNothingPersonal(string log)
    {
        string[] unsaid =
        [
            "zebra", "Alice", "Adams", "Bob Brown", "Carol", "example.org", "bot-secret", Deployment.Workspace.SigningSecret, Deployment.Workspace.BotToken,
            "eyJ", // how every JSON Web Token begins
        ];
        foreach (var words in unsaid)
            log.ShouldNotContain(words, Case.Insensitive);
    }

    private Task<SlackMessage> Line(SlackMessage root, string words) => Deployment.Workspace.SeesMessage(
        Channel.Id, m => m.IsReply && m.ThreadTs == root.Ts && m.AllText.Contains(words, StringComparison.Ordinal), Patience, Ct);

    private IEnumerable<SlackMessage> Thread(SlackMessage root) => Deployment.Workspace.Messages.Where(m => m.ChannelId == Channel.Id && m.ThreadTs == root.Ts);
}
