namespace ChatGovernance.Core.Work;

/// <summary>
/// What a call was answered, saved with what it tells of: whoever repeats the call under the same key is told the same, and nothing is
/// done twice. A conflict where the key has an answer already.
/// </summary>
/// <param name="Key">The caller's own key, with the caller.</param>
/// <param name="Call">A digest of what was called for: under one key there is one call.</param>
/// <param name="Answer">As it is told.</param>
public sealed record Reply(string Key, byte[] Call, byte[] Answer, DateTimeOffset At)
{
    /// <summary>So long an answer is kept; a repeat after that is a call of its own.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);
}

public interface IReplies
{
    /// <summary>What was answered since; null: nothing.</summary>
    Task<Reply?> Find(string key, DateTimeOffset since, CancellationToken ct);

    /// <summary>Forgets answers from before this instant.</summary>
    Task Forget(DateTimeOffset before, CancellationToken ct);
}
