namespace ChatGovernance.Benchmarks.Measuring;

/// <summary>What several programs answer when they are called by one, by some and by many at once, as ratios to one of them.</summary>
/// <param name="sides">By name; each is loaded with so many callers for so long.</param>
/// <param name="measured">The side that has the goals: five times the rate, a fifth of the 99th percentile.</param>
/// <param name="beside">The side that all are divided by.</param>
internal sealed class Comparison(IReadOnlyList<(string Name, Func<int, TimeSpan, Task<Latencies>> Load)> sides, string measured, string beside)
{
    private static readonly int[] atOnce = [1, 8, 64];

    /// <param name="called">What <c>beside</c> is called in goals and headings.</param>
    public async Task<string> Run(Scope scope, string called)
    {
        // Both compilers at work make the code faster as it runs: what is measured is a process that has been busy for a while.
        foreach (var (_, load) in sides)
            await load(atOnce[^1], scope.Round * 2);

        var table = new Table("at once", "side", "answers/s", "p50 ms", "p99 ms", "max ms", $"rate ÷ {called}", $"p99 ÷ {called}");
        var goals = new List<Goal>();
        foreach (var callers in atOnce)
        {
            var rounds = await Rounds.Alternate(scope.Rounds, [.. sides.Select(side => (Func<Task<Latencies>>)(() => side.Load(callers, scope.Round)))]);
            var summaries = sides.Zip(rounds, (side, latencies) => (side.Name, Summary: Summary.Of(latencies))).ToDictionary(side => side.Name, side => side.Summary);
            var theirs = summaries[beside];
            foreach (var (side, summary) in summaries)
            {
                table.Row(
                    $"{callers}", side, Figures.Rate(summary.Rate), Figures.Milliseconds(summary.P50), Figures.Milliseconds(summary.P99), Figures.Milliseconds(summary.Max),
                    Figures.Ratio(summary.Rate / theirs.Rate), Figures.Ratio(summary.P99 / theirs.P99));
            }

            goals.Add(new Goal($"{callers} at once: rate ÷ {called}'s", 5, AtLeast: true, summaries[measured].Rate / theirs.Rate));
            goals.Add(new Goal($"{callers} at once: p99 ÷ {called}'s", 0.2, AtLeast: false, summaries[measured].P99 / theirs.P99));
        }

        return $"{Goal.Write(goals)}\n{table}";
    }
}
