using System.Globalization;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Audit;

/// <summary>
/// Tells the head of the chain outside the database, as a row of its own: it is said in the audit channel and told to webhooks with the
/// commit that adds it, and written to a file after that. Whoever keeps it can prove later what the chain was.
/// </summary>
public sealed class PostAnchor(IHistory history, IDeployment deployment, ICommits commits, TimeProvider time)
{
    /// <summary>Once a day of UTC, however many replicas there are; for the first time on the day after the chain began.</summary>
    /// <returns>What was told; null: nothing is due.</returns>
    public async Task<AuditHead?> Daily(CancellationToken ct)
    {
        var (before, now) = (await deployment.AnchoredAt(ct), time.GetUtcNow());
        if ((before ?? await Begun(ct))?.UtcDateTime.Date is not { } last || last >= now.UtcDateTime.Date)
            return null;
        var head = await history.AuditHead(ct);
        return await Post(head, before, now, ct) ? head : null;
    }

    /// <summary>On demand.</summary>
    /// <returns>What was told; null: the chain is empty.</returns>
    public async Task<AuditHead?> Now(CancellationToken ct)
    {
        while (true)
        {
            var head = await history.AuditHead(ct);
            if (head.Number == 0)
                return null;
            if (await Post(head, await deployment.AnchoredAt(ct), time.GetUtcNow(), ct))
                return head;
        }
    }

    /// <summary>When the chain began; null: it has not.</summary>
    private async Task<DateTimeOffset?> Begun(CancellationToken ct) => (await history.Audit(new AuditQuery(), 0, 1, ct)).Items is [var first, ..] ? first.At : null;

    private async Task<bool> Post(AuditHead head, DateTimeOffset? before, DateTimeOffset now, CancellationToken ct) => await commits.Commit(new Changes
    {
        Anchored = new AnchoredChange(before, now),
        Audit =
        [
            new AuditEntry
            {
                Kind = AuditKind.Anchored,
                Subject = Subject.System,
                At = now,
                Facts = new Dictionary<string, string> { ["after"] = head.Number.ToString(CultureInfo.InvariantCulture), ["hash"] = head.Hash },
            },
        ],
    }, ct) == CommitResult.Saved;
}
