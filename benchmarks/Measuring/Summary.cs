namespace ChatGovernance.Benchmarks.Measuring;

/// <summary>Several rounds as one: medians, and the worst call of all.</summary>
/// <param name="Rate">Calls a second.</param>
/// <param name="P50">In milliseconds, as the other two.</param>
internal sealed record Summary(double Rate, double P50, double P99, double Max)
{
    public static Summary Of(IReadOnlyCollection<Latencies> rounds) => new(
        Median(rounds.Select(round => round.Rate)),
        Median(rounds.Select(round => round.Percentile(0.5))),
        Median(rounds.Select(round => round.Percentile(0.99))),
        rounds.Max(round => round.Percentile(1)));

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
