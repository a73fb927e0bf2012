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
        return await new Comparison([.. sides.Select(side => (side.Name, (Func<int, TimeSpan, Task<Latencies>>)((callers, time) => Round(side.Url, callers, time))))], Bot, Bolt).Run(scope, "Bolt");

        async Task<Latencies> Round(Uri url, int callers, TimeSpan time)
        {
            var latencies = await Load.Run(url, () => SignedPost.Both(url, bot.Workspace.SigningSecret), callers, time, ct);
            if (url == working.Bot.Url)
                await working.ForgetDeliveries(ct);
            return latencies;
        }
    }
}
