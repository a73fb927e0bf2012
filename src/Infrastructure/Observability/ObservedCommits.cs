using System.Diagnostics;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Observability;

/// <summary>Counts what was decided where it is saved, once, and marks it in the trace by the words of the audit.</summary>
internal sealed class ObservedCommits(ICommits commits, OutcomeMetrics outcomes) : ICommits
{
    public async Task<CommitResult> Commit(Changes changes, CancellationToken ct)
    {
        using var step = Traces.Step("commit");
        var result = await commits.Commit(changes, ct);
        step?.SetTag("chatgovernance.commit", result.ToString());
        if (result != CommitResult.Saved)
            return result;

        outcomes.Count(changes);
        foreach (var entry in changes.Audit)
            step?.AddEvent(new ActivityEvent(entry.Kind));
        return result;
    }
}
