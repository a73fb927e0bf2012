namespace ChatGovernance.Core.Work;

/// <summary>The one place that saves: state, what is now wanted, and its audit rows, in one transaction.</summary>
public interface ICommits
{
    /// <summary>All of it or nothing. The audit's head is locked last, after everything else is written.</summary>
    Task<CommitResult> Commit(Changes changes, CancellationToken ct);
}

public enum CommitResult
{
    Saved,

    /// <summary>Somebody else saved one of the things first: load again and decide again.</summary>
    Conflict,

    /// <summary>The lease ran out and another worker has the row: stop, whatever was decided.</summary>
    LeaseLost,
}
