using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>Has it found out again who decides on a pending request.</summary>
internal static class AskingAgain
{
    public static async Task Run(IRequests requests, ICommits commits, RequestId id, CancellationToken ct)
    {
        CommitResult saved;
        do
        {
            if (await requests.Load(id, ct) is not { Value: { State: RequestState.Pending { ToAsk: false } } request } loaded)
                return;
            saved = await commits.Commit(new Changes { Request = new Versioned<AccessRequest>(request.AskAgain(), loaded.Version) }, ct);
        }
        while (saved == CommitResult.Conflict);
    }
}
