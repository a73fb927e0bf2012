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

    public string Name => "invokes";

    public string About => "invokes of Teams answered: rate and latency beside a bot on botbuilder";

    public async Task<string> Run(Scope scope, CancellationToken ct)
    {
        await using var tenant = await TeamsTenant.Start(TeamsUser.Everybody, ct);
        await using var bot = new PinnedDeployment(works: false) { Tenant = tenant };
        await bot.Start(SandboxRealmFile.Json, ct);
        await using var other = await BotBuilderApp.Start(tenant, ct);
        return await new Comparison([Side(Press, bot.Bot.Url, InvokePost.Press), Side(Search, bot.Bot.Url, InvokePost.Search), Side(BotBuilder, other.Url, InvokePost.Press)], Press, BotBuilder).Run(scope, "botbuilder");

        (string, Func<int, TimeSpan, Task<Latencies>>) Side(string name, Uri url, Func<Uri, TeamsTenant, InvokePost> post) =>
            (name, (callers, time) => Load.Run(url, () => [post(url, tenant)], callers, time, ct));
    }
}
