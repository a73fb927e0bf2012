using System.Collections.Concurrent;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Inquiries;

/// <summary>
/// What those who look after access have looked at lately, and is recorded: one look may be many pages, or a program that asks every
/// minute, and is recorded once. Kept in memory: after a start it is recorded again.
/// </summary>
public sealed class RecordedLooks(TimeProvider time)
{
    /// <summary>Looks at the same within this time are one.</summary>
    public static readonly TimeSpan OneLook = TimeSpan.FromMinutes(10);

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<Look, DateTimeOffset> recorded = [];

    public bool IsNew(Look look) => !recorded.TryGetValue(look, out var at) || time.GetUtcNow() - at >= OneLook;

    public void Took(Look look)
    {
        var now = time.GetUtcNow();
        if (recorded.Count >= Most)
        {
            foreach (var old in recorded.Where(one => now - one.Value >= OneLook))
                recorded.TryRemove(old);
        }

        recorded[look] = now;
    }
}

/// <param name="What">One word.</param>
/// <param name="Target">What it was limited to; null: nothing.</param>
/// <param name="Person">The same.</param>
public sealed record Look(PersonId By, string What, TargetId? Target = null, PersonId? Person = null);
