using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>Withdraws an open request. Whatever was decided before stays as it is.</summary>
public sealed class CancelRequest(IRequests requests, CloseRequest close, ICommits commits, TimeProvider time)
{
    public async Task<CommitResult> Run(Command.CancelRequest command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var done = new Changes { Under = lease, Release = new Release.Done() };
        if (await requests.Load(command.Request, ct) is not { } loaded)
        {
            return await commits.Commit(done with
            {
                Notes = [Refused(command, delivery, "This request", new Refusal.UnknownRequest())],
                Audit = [CommandAudit.Refused(command.By, "the cancellation of an unknown request", now)],
            }, ct);
        }

        switch (loaded.Value.Cancel(command.By, now))
        {
            case Decision.Accepted { Request: var cancelled }:
                var step = await close.Complete(RequestStep.Ended(loaded.Value, cancelled, now), now, ct);
                return await commits.Commit(step.Changes with
                {
                    Under = lease,
                    Release = done.Release,
                    Request = new Versioned<AccessRequest>(cancelled, loaded.Version),
                }, ct);
            case Decision.Refused refused:
                return await commits.Commit(done with
                {
                    Notes = [Refused(command, delivery, loaded.Value.TargetName, refused.Why)],
                    Touched = [new CardTouch(Subject.Of(command.Request), CardPurpose.Follow)],
                }, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static Note Refused(Command.CancelRequest command, StoredDelivery delivery, string target, Refusal why) =>
        RequestChanges.Tell(command.By, $"refused:{delivery.Id}", Subject.Of(command.By), $"{target}: your click changed nothing", Sentences.For(why));
}
