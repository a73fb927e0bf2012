using System.Diagnostics;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>What the bot said from a moment on, held against what must be true of it whatever went wrong meanwhile.</summary>
internal sealed class Aftermath(Deployment deployment)
{
    private readonly string since = deployment.Workspace.Messages.Select(m => m.Ts).DefaultIfEmpty("").Max(StringComparer.Ordinal)!;

    private static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    private IEnumerable<SlackMessage> Said =>
        deployment.Workspace.Messages.Where(m => m.UserId == deployment.Workspace.BotUserId && string.CompareOrdinal(m.Ts, since) > 0);

    /// <summary>Whether each audit row of a subject is in the audit channel.</summary>
    public async Task<bool> IsMirrored(string subject, CancellationToken ct)
    {
        var marks = (await deployment.Audit.Read(ct, subject)).Select(row => row.Mark).ToList();
        var channel = deployment.Workspace.Channel("access-audit").Id;
        var said = Said.Where(m => m.ChannelId == channel).Select(m => m.AllText).ToList();
        return marks.TrueForAll(mark => said.Any(text => text.Contains(mark, StringComparison.Ordinal)));
    }

    /// <summary>
    /// Nothing was said twice in one place, no copy of a request that is decided looks open (a second copy that nobody knows of would:
    /// it is never brought up to date), and the audit's chain holds.
    /// </summary>
    /// <param name="times">How often the same person asked for the same thing: so often may the same be said.</param>
    public async Task IsClean(CancellationToken ct, int times = 1)
    {
        for (var waited = Stopwatch.StartNew(); Said.Any(LooksOpen) && waited.Elapsed < patience;)
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, ct);
        Said.Where(LooksOpen).Select(m => m.AllText).ShouldBeEmpty();
        Said.Where(m => !m.IsTombstone).GroupBy(m => (m.ChannelId, m.ThreadTs, m.AllText)).Where(same => same.Count() > times).Select(same => same.Key.AllText).ShouldBeEmpty();
        (await deployment.Store.Verifier.Verify(ct)).Holds.ShouldBeTrue();
    }

    private static bool LooksOpen(SlackMessage message) => !message.IsTombstone && !message.IsReply
        && (message.Buttons.Any(button => button.Text == "Approve")
            || (message.Text.StartsWith("Your request for ", StringComparison.Ordinal) && message.Text.Contains(" waits for a decision", StringComparison.Ordinal)) || message.Text.Contains(" is taken", StringComparison.Ordinal));
}
