namespace ChatGovernance.Benchmarks.Measuring;

/// <summary>The sides take turns, so that what changes on the machine meanwhile meets all of them.</summary>
internal static class Rounds
{
    /// <summary>A first round of each is thrown away.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<T>>> Alternate<T>(int rounds, IReadOnlyList<Func<Task<T>>> sides)
    {
        var results = sides.Select(_ => new List<T>()).ToList();
        for (var round = 0; round <= rounds; round++)
        {
            // Who begins changes too: whatever one leaves behind for the next is met by each.
            for (var turn = 0; turn < sides.Count; turn++)
            {
                var side = (turn + round) % sides.Count;
                var result = await sides[side]();
                if (round > 0)
                    results[side].Add(result);
            }
        }

        return results;
    }
}
