using ChatGovernance.Core;

namespace ChatGovernance.TestSupport.Builders;

/// <summary>Ids that count up from 1: the same in every run.</summary>
public sealed class KnownIds(int first = 1) : IIds
{
    private int last = first - 1;

    public Guid Next() => Number(Interlocked.Increment(ref last));

    public static Guid Number(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
