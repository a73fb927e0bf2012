namespace ChatGovernance.TestSupport.Databases;

/// <summary>One commit that is held; disposing of it lets go, or meets nothing further.</summary>
public sealed class CommitHold : IDisposable
{
    private readonly IReadOnlyList<string> words;
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool met;

    internal CommitHold(bool after, IReadOnlyList<string> words) => (After, this.words) = (after, words);

    /// <summary>Ends when a commit is held; where it is held after the effect, once that is done.</summary>
    public Task Reached => reached.Task;

    internal bool After { get; }

    internal Task Released => released.Task;

    public void Dispose()
    {
        met = true;
        released.TrySetResult();
    }

    internal bool TryMeet(string transaction)
    {
        if (met || !words.All(word => transaction.Contains(word, StringComparison.Ordinal)))
            return false;
        met = true;
        return true;
    }

    internal void Reach() => reached.TrySetResult();
}
