using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>
/// Takes a request as far as it can go: opens what was received, counts votes in order of receipt, reminds and asks those who decide,
/// lets it lapse once nothing that was received about it waits.
/// Each step is saved by itself; a step that the directory keeps waiting is tried again.
/// </summary>
public sealed class AdvanceRequest(
    IRequests requests, OpenRequest open, CountVote count, AskApprovers ask, CloseRequest close, IInbox inbox, ICommits commits, TimeProvider time)
{
    private static readonly TimeSpan forTheInbox = TimeSpan.FromSeconds(1);

    public async Task Run(Lease lease, CancellationToken ct)
    {
        var id = new RequestId(Guid.Parse(lease.Id));
        var conflicts = 0;
        while (await requests.Load(id, ct) is { } loaded)
        {
            var now = time.GetUtcNow();
            var step = loaded.Value.State switch
            {
                RequestState.Received => await open.Run(loaded.Value, now, ct),
                RequestState.Pending when loaded.Value.Uncounted.FirstOrDefault() is { } vote => await count.Run(loaded.Value, vote, now, ct),
                RequestState.Pending when loaded.Value.OverdueAt(now) is { } late => CountVote.NotConfirmed(loaded.Value, late, now),
                RequestState.Pending pending when now >= pending.OverAt && !loaded.Value.Unconfirmed.Any() => await Lapse(loaded.Value, now, ct),
                RequestState.Pending when now >= loaded.Value.RemindsAt => RemindApprovers.HalfWay(loaded.Value, now),
                RequestState.Pending { ToAsk: true } => await ask.Run(loaded.Value, now, ct),
                RequestState.Pending when now >= loaded.Value.EscalatesAt => await ask.Run(loaded.Value, now, ct),
                _ => null,
            };
            if (step is null)
            {
                await commits.Commit(new Changes { Under = lease, Release = new Release.Done() }, ct);
                return;
            }

            step = await close.Complete(step, now, ct);
            var result = await commits.Commit(step.Changes with { Under = lease, Request = new Versioned<AccessRequest>(step.Request, loaded.Version) }, ct);
            if (result == CommitResult.LeaseLost || (result == CommitResult.Saved && step.Changes.Release is not null))
                return;
            if (result == CommitResult.Conflict && ++conflicts == Conflicts.AtMost)
            {
                await commits.Commit(Conflicts.BackToTheQueue(lease, now), ct);
                return;
            }
        }
    }

    /// <summary>A vote that was received in time may not have been taken up yet.</summary>
    private async Task<RequestStep> Lapse(AccessRequest request, DateTimeOffset now, CancellationToken ct) =>
        await inbox.Waits(Subject.Of(request.Id), ct)
            ? new RequestStep(request, new Changes { Release = new Release.Later(now + forTheInbox) })
            : RequestStep.Ended(request, ((Decision.Accepted)request.Lapse(now)).Request, now);
}
