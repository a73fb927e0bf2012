using System.Diagnostics;

namespace ChatGovernance.Benchmarks.Measuring;

/// <summary>How long each call of one round took, and how long the round did.</summary>
internal sealed class Latencies
{
    private readonly long[] sorted;
    private readonly TimeSpan whole;

    /// <param name="ticks">One a call, of <see cref="Stopwatch"/>.</param>
    public Latencies(IEnumerable<long> ticks, TimeSpan whole)
    {
        sorted = [.. ticks];
        Array.Sort(sorted);
        this.whole = whole;
        if (sorted.Length == 0)
            throw new InvalidOperationException("Nothing was measured.");
    }

    /// <summary>Calls a second.</summary>
    public double Rate => sorted.Length / whole.TotalSeconds;

    /// <summary>Milliseconds that this share of the calls did not exceed (nearest rank).</summary>
    public double Percentile(double share) =>
        Stopwatch.GetElapsedTime(0, sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)]).TotalMilliseconds;
}
