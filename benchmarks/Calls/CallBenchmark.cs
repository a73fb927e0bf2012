using ChatGovernance.Benchmarks.Acknowledgements;
using ChatGovernance.Benchmarks.Measuring;
using ChatGovernance.Benchmarks.Stand;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.Benchmarks.Calls;

/// <summary>The REST API beside chat: what a program waits for, and what Slack waits for.</summary>
internal sealed class CallBenchmark : IBenchmark
{
    private const string Chat = "chat: a delivery is acknowledged";
    private const string Looking = "API: look at a request";
    private const string Filing = "API: file, and withdraw";

    private static readonly int[] atOnce = [1, 8, 64];

    public string Name => "calls";

    public string About => "calls of the REST API: rate and latency beside acknowledgements in chat";

    public async Task<string> Run(Scope scope, CancellationToken ct)
    {
        await using var bot = new PinnedDeployment(works: false) { TakesCalls = true };
        await bot.Start(SandboxRealmFile.Json, ct);
        var callers = new List<ApiCaller>();
        for (var number = 0; number < atOnce[^1]; number++)
            callers.Add(await ApiCaller.Make(bot, $"caller-{number}", ct));
        (string Name, Func<int, TimeSpan, Task<Latencies>> Load)[] sides =
        [
            (Chat, (count, time) => Load.Run(bot.Bot.Url, () => SignedPost.Both(bot.Bot.Url, bot.Workspace.SigningSecret), count, time, ct)),
            (Looking, (count, time) => ApiLoad.Run(callers.Take(count), caller => caller.Look, time, ct)),
            (Filing, (count, time) => ApiLoad.Run(callers.Take(count), caller => caller.FileAndWithdraw, time, ct)),
        ];
        foreach (var (_, load) in sides)
            await load(atOnce[^1], scope.Round * 2);

        var table = new Table("at once", "side", "answers/s", "p50 ms", "p99 ms", "max ms", "rate ÷ chat's");
        foreach (var count in atOnce)
        {
            var rounds = await Rounds.Alternate(scope.Rounds, [.. sides.Select(side => (Func<Task<Latencies>>)(() => side.Load(count, scope.Round)))]);
            var summaries = sides.Zip(rounds, (side, latencies) => (side.Name, Summary: Summary.Of(latencies))).ToList();
            foreach (var (side, summary) in summaries)
                table.Row($"{count}", side, Figures.Rate(summary.Rate), Figures.Milliseconds(summary.P50), Figures.Milliseconds(summary.P99), Figures.Milliseconds(summary.Max), Figures.Ratio(summary.Rate / summaries[0].Summary.Rate));
        }

        callers.ForEach(caller => caller.Dispose());
        return $"{table}";
    }
}
