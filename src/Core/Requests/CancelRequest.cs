using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>Withdraws an open request. Whatever was decided before stays as it is.</summary>
public sealed class CancelRequest(IRequests requests, CloseRequest close, ICommits commits, TimeProvider time)
{
    public async Task<CommitResult> Run(Command.CancelRequest command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        switch (await Judge(command.By, command.Request, ct))
        {
            case Judgement.Done done:
                return await commits.Commit(done.Changes with { Under = lease, Release = new Release.Done() }, ct);
            case Judgement.Refused refused:
                return await commits.Commit(RequestChanges.Refused(command.By, refused, "your click changed nothing", delivery, lease), ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public async Task<Judgement> Judge(Actor by, RequestId id, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await requests.Load(id, ct) is not { } loaded)
            return new Judgement.Refused(new Refusal.UnknownRequest()) { Besides = new Changes { Audit = [CommandAudit.Refused(by, "the cancellation of an unknown request", now)] } };

        switch (loaded.Value.Cancel(by, now))
        {
            case Decision.Accepted { Request: var cancelled }:
                var step = await close.Complete(RequestStep.Ended(loaded.Value, cancelled, now), now, ct);
                return new Judgement.Done(step.Changes with { Request = loaded with { Value = cancelled } });
            case Decision.Refused refused:
                return new Judgement.Refused(refused.Why, loaded.Value.TargetName) { Besides = new Changes { Touched = [new CardTouch(Subject.Of(id), CardPurpose.Follow)] } };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
