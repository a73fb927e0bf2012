using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>
/// Takes a request as far as it can go: opens what was received, counts votes in order of receipt, lets it lapse.
/// Each step is saved by itself; a step that the directory keeps waiting is tried again.
/// </summary>
public sealed class AdvanceRequest(IRequests requests, OpenRequest open, CountVote count, ICommits commits, TimeProvider time)
{
    public async Task Run(Lease lease, CancellationToken ct)
    {
        var id = new RequestId(Guid.Parse(lease.Id));
        while (await requests.Load(id, ct) is { } loaded)
        {
            var now = time.GetUtcNow();
            var step = loaded.Value.State switch
            {
                RequestState.Received => await open.Run(loaded.Value, now, ct),
                RequestState.Pending when loaded.Value.Uncounted.FirstOrDefault() is { } vote => await count.Run(loaded.Value, vote, now, ct),
                RequestState.Pending pending when now >= pending.LapsesAt => Lapse(loaded.Value, now),
                _ => null,
            };
            if (step is null)
            {
                await commits.Commit(new Changes { Under = lease, Release = new Release.Done() }, ct);
                return;
            }

            var result = await commits.Commit(step.Changes with { Under = lease, Request = new Versioned<AccessRequest>(step.Request, loaded.Version) }, ct);
            if (result == CommitResult.LeaseLost || (result == CommitResult.Saved && step.Changes.Release is not null))
                return;
        }
    }

    private static RequestStep Lapse(AccessRequest request, DateTimeOffset now) =>
        RequestStep.Ended(request, ((Decision.Accepted)request.Lapse(now)).Request, now);
}
