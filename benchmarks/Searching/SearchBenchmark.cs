using System.Diagnostics;
using System.Globalization;
using ChatGovernance.Benchmarks.Acknowledgements;
using ChatGovernance.Benchmarks.Measuring;
using ChatGovernance.Benchmarks.Stand;

namespace ChatGovernance.Benchmarks.Searching;

/// <summary>What somebody types into the field of the form, over many targets and over few.</summary>
internal sealed class SearchBenchmark : IBenchmark
{
    private const int Few = 100;
    private const int Many = 10_000;

    private static readonly string[] areas = ["ledger", "payroll", "storage", "network", "billing", "archive", "search", "mail", "build", "metrics"];
    private static readonly string[] stages = ["production", "staging", "integration", "development", "recovery"];
    private static readonly string[] rights = ["read", "write", "operate", "administer"];

    /// <summary>A letter, a beginning, words in any order, a whole name, nothing at all, and what is not there.</summary>
    private static readonly string[] texts = ["", "p", "pro", "ledger", "prod write", "operate staging", "payroll-recovery-read-017", "ar", "metrics dev adm", "nothing like it"];

    public string Name => "search";

    public string About => "search over ten thousand targets, beside a hundred";

    public async Task<string> Run(Scope scope, CancellationToken ct)
    {
        await using var few = new PinnedDeployment(works: true);
        await few.Start(RealmFile.With(Names(Few), []), ct);
        await using var many = new PinnedDeployment(works: true);
        await many.Start(RealmFile.With(Names(Many), []), ct);

        var rounds = await Rounds.Alternate(scope.Rounds, [() => Search(few, scope.Round, ct), () => Search(many, scope.Round, ct)]);
        var (little, much) = (Summary.Of(rounds[0]), Summary.Of(rounds[1]));
        var table = new Table("targets", "p50 ms", "p99 ms", "max ms");
        foreach (var (count, summary) in ((int, Summary)[])[(Few, little), (Many, much)])
            table.Row(count.ToString("N0", CultureInfo.InvariantCulture), Figures.Milliseconds(summary.P50), Figures.Milliseconds(summary.P99), Figures.Milliseconds(summary.Max));
        table.Row("ratio", Figures.Ratio(much.P50 / little.P50), Figures.Ratio(much.P99 / little.P99), Figures.Ratio(much.Max / little.Max));
        return $"{Goal.Write([new Goal("p99 over 10,000 targets, ms", 10, AtLeast: false, much.P99)])}\n{table}";
    }

    private static async Task<Latencies> Search(PinnedDeployment deployment, TimeSpan time, CancellationToken ct)
    {
        var posts = texts.Select(text => SignedPost.Search(deployment.Bot.Url, deployment.Workspace.SigningSecret, text)).ToArray();
        using var caller = await Caller.Connect(deployment.Bot.Url, ct);
        var ticks = new List<long>();
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; Stopwatch.GetElapsedTime(began) < time; i++)
            ticks.Add(await caller.Call(posts[i % posts.Length].Next(), ct));
        return new Latencies(ticks, Stopwatch.GetElapsedTime(began));
    }

    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(n => string.Create(
        CultureInfo.InvariantCulture, $"{areas[n % areas.Length]}-{stages[n / areas.Length % stages.Length]}-{rights[n / areas.Length / stages.Length % rights.Length]}-{n / areas.Length / stages.Length / rights.Length:000}"));
}
