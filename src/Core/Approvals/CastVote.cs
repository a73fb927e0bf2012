using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Approvals;

/// <summary>Records a click. It is counted later, by <see cref="Requests.AdvanceRequest"/>, after fresh checks.</summary>
public sealed class CastVote(IRequests requests, ICommits commits, IIds ids, TimeProvider time)
{
    public async Task<CommitResult> Run(Command.CastVote command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var done = new Changes { Under = lease, Release = new Release.Done() };
        if (await requests.Load(command.Request, ct) is not { } loaded)
        {
            return await commits.Commit(done with
            {
                Notes = [Refused(command, delivery, "This request", new Refusal.UnknownRequest())],
                Audit = [CommandAudit.Refused(command.By, "a decision on an unknown request", now)],
            }, ct);
        }

        var reason = Text.Clean(command.Reason);
        switch (loaded.Value.Cast(ids.Next(), command.By, command.Choice, reason.Length > 0 ? reason : null, delivery.ReceivedAt, command.AtMost))
        {
            case Decision.Accepted accepted:
                return await commits.Commit(done with
                {
                    Request = new Versioned<AccessRequest>(accepted.Request, loaded.Version),
                    Touched = [new CardTouch(Subject.Of(command.Request), CardPurpose.Decide)],
                    Audit = [RequestAudit.Cast(accepted.Request, accepted.Request.Votes[^1], now)],
                }, ct);
            case Decision.Refused refused:
                return await commits.Commit(done with
                {
                    Notes = [Refused(command, delivery, loaded.Value.TargetName, refused.Why)],
                    Touched = [new CardTouch(Subject.Of(command.Request), CardPurpose.Decide)],
                    Audit = [RequestAudit.VoteRefused(loaded.Value, command.By, command.Choice, refused.Why, now)],
                }, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static Note Refused(Command.CastVote command, StoredDelivery delivery, string target, Refusal why) =>
        RequestChanges.Tell(command.By, $"refused:{delivery.Id}", Subject.Of(command.Request), $"{target}: your click changed nothing", Sentences.For(why));
}
