using ChatGovernance.Benchmarks.Acknowledgements;
using ChatGovernance.Benchmarks.Measuring;
using ChatGovernance.Benchmarks.Stand;
using ChatGovernance.TestSupport.Keycloak;
using ChatGovernance.TestSupport.Teams;

namespace ChatGovernance.Benchmarks.Invokes;

/// <summary>What Teams waits for: the bot beside one on Microsoft's botbuilder.</summary>
internal sealed class InvokeBenchmark : IBenchmark
{
    private const string Press = "ChatGovernance: a press, stored";
    private const string Search = "ChatGovernance: a letter in the field of targets";
    private const string BotBuilder = "botbuilder: a press";

    private static readonly int[] atOnce = [1, 8, 64];

    public string Name => "invokes";

    public string About => "invokes of Teams answered: rate and latency beside a bot on botbuilder";

    public async Task<string> Run(Scope scope, CancellationToken ct)
    {
        await using var tenant = await TeamsTenant.Start(TeamsUser.Everybody, ct);
        await using var bot = new PinnedDeployment(works: false) { Tenant = tenant };
        await bot.Start(SandboxRealmFile.Json, ct);
        await using var other = await BotBuilderApp.Start(tenant, ct);
        (string Name, Uri Url, Func<IPost> Post)[] sides =
        [
            (Press, bot.Bot.Url, () => InvokePost.Press(bot.Bot.Url, tenant)),
            (Search, bot.Bot.Url, () => InvokePost.Search(bot.Bot.Url, tenant)),
            (BotBuilder, other.Url, () => InvokePost.Press(other.Url, tenant)),
        ];
        foreach (var side in sides)
            await Load.Run(side.Url, () => [side.Post()], atOnce[^1], scope.Round * 2, ct);

        var table = new Table("at once", "side", "answers/s", "p50 ms", "p99 ms", "max ms", "rate ÷ botbuilder", "p99 ÷ botbuilder");
        var goals = new List<Goal>();
        foreach (var callers in atOnce)
        {
            var rounds = await Rounds.Alternate(scope.Rounds, [.. sides.Select(side => (Func<Task<Latencies>>)(() => Load.Run(side.Url, () => [side.Post()], callers, scope.Round, ct)))]);
            var summaries = sides.Zip(rounds, (side, latencies) => (side.Name, Summary: Summary.Of(latencies))).ToDictionary(side => side.Name, side => side.Summary);
            var theirs = summaries[BotBuilder];
            foreach (var (side, summary) in summaries)
            {
                table.Row(
                    $"{callers}", side, Figures.Rate(summary.Rate), Figures.Milliseconds(summary.P50), Figures.Milliseconds(summary.P99), Figures.Milliseconds(summary.Max),
                    Figures.Ratio(summary.Rate / theirs.Rate), Figures.Ratio(summary.P99 / theirs.P99));
            }

            goals.Add(new Goal($"{callers} at once: rate ÷ botbuilder's", 5, AtLeast: true, summaries[Press].Rate / theirs.Rate));
            goals.Add(new Goal($"{callers} at once: p99 ÷ botbuilder's", 0.2, AtLeast: false, summaries[Press].P99 / theirs.P99));
        }

        return $"{Goal.Write(goals)}\n{table}";
    }
}
