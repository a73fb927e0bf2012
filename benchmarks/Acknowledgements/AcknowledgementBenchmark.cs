using ChatGovernance.Benchmarks.Measuring;
using ChatGovernance.Benchmarks.Stand;

namespace ChatGovernance.Benchmarks.Acknowledgements;

/// <summary>The bot beside Bolt, and beside the least that storing costs.</summary>
internal sealed class AcknowledgementBenchmark : IBenchmark
{
    private const string Bot = "ChatGovernance";
    private const string Working = "ChatGovernance, at work";
    private const string Bolt = "Bolt";
    private const string Bare = "bare endpoint";
    private const string Grouped = "bare endpoint, in groups";

    private static readonly int[] atOnce = [1, 8, 64];

    public string Name => "acknowledgements";

    public string About => "calls of Slack answered: rate and latency beside Bolt and beside a bare endpoint";

    public async Task<string> Run(Scope scope, CancellationToken ct)
    {
        await using var bot = new PinnedDeployment(works: false);
        await bot.Start(TestSupport.Keycloak.SandboxRealmFile.Json, ct);
        await using var working = new PinnedDeployment(works: true);
        await working.Start(TestSupport.Keycloak.SandboxRealmFile.Json, ct);
        await using var database = await BareDatabase.Create(ct);
        await using var bolt = await BoltApp.Start(bot.Workspace, ct);
        await using var bare = await BareEndpoint.Start(database.ConnectionString, grouped: false, ct);
        await using var grouped = await BareEndpoint.Start(database.ConnectionString, grouped: true, ct);
        (string Name, Uri Url)[] sides = [(Bot, bot.Bot.Url), (Working, working.Bot.Url), (Bolt, bolt.Url), (Bare, bare.Url), (Grouped, grouped.Url)];

        // Both compilers at work make the code faster as it runs: what is measured is a process that has been busy for a while.
        foreach (var (_, url) in sides)
            await Load.Run(url, () => SignedPost.Both(url, bot.Workspace.SigningSecret), atOnce[^1], scope.Round * 2, ct);

        var table = new Table("at once", "side", "answers/s", "p50 ms", "p99 ms", "max ms", "rate ÷ Bolt", "p99 ÷ Bolt");
        var goals = new List<Goal>();
        foreach (var callers in atOnce)
        {
            var rounds = await Rounds.Alternate(scope.Rounds, [.. sides.Select(side => (Func<Task<Latencies>>)(() => Round(side.Url, callers)))]);
            var summaries = sides.Zip(rounds, (side, latencies) => (side.Name, Summary: Summary.Of(latencies))).ToDictionary(side => side.Name, side => side.Summary);
            foreach (var (side, summary) in summaries)
            {
                table.Row(
                    $"{callers}", side, Figures.Rate(summary.Rate), Figures.Milliseconds(summary.P50), Figures.Milliseconds(summary.P99), Figures.Milliseconds(summary.Max),
                    Figures.Ratio(summary.Rate / summaries[Bolt].Rate), Figures.Ratio(summary.P99 / summaries[Bolt].P99));
            }

            goals.Add(new Goal($"{callers} at once: rate ÷ Bolt's", 5, AtLeast: true, summaries[Bot].Rate / summaries[Bolt].Rate));
            goals.Add(new Goal($"{callers} at once: p99 ÷ Bolt's", 0.2, AtLeast: false, summaries[Bot].P99 / summaries[Bolt].P99));
        }

        return $"{Goal.Write(goals)}\n{table}";

        async Task<Latencies> Round(Uri url, int callers)
        {
            var latencies = await Load.Run(url, () => SignedPost.Both(url, bot.Workspace.SigningSecret), callers, scope.Round, ct);
            if (url == working.Bot.Url)
                await working.ForgetDeliveries(ct);
            return latencies;
        }
    }
}
