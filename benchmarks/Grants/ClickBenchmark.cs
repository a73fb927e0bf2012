using System.Diagnostics;
using System.Globalization;
using ChatGovernance.Benchmarks.Measuring;
using ChatGovernance.Benchmarks.Stand;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.Benchmarks.Grants;

/// <summary>From the click on Approve to the grant that was read back and committed, beside the same calls to Keycloak with nothing around them.</summary>
internal sealed class ClickBenchmark : IBenchmark
{
    private static readonly TimeSpan look = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    /// <summary>Of <c>/load</c>; the first few only warm up.</summary>
    private const int WarmUp = 5;

    public string Name => "click";

    public string About => "click to verified grant, beside the raw calls to Keycloak that it makes";

    public async Task<string> Run(Scope scope, CancellationToken ct)
    {
        var count = (scope.Quick ? 2 : 30) + WarmUp;
        string[] groups = [.. Enumerable.Range(1, count).Select(n => string.Create(CultureInfo.InvariantCulture, $"target-{n:000}"))];
        await using var deployment = new RealDeployment(recorded: true);
        await deployment.Start(RealmFile.With(groups, []), ct);
        using var raw = new RawKeycloak(deployment.Realm, deployment.Proxy.Url);
        await raw.Authenticate(ct);
        var people = new AskingPeople(deployment);
        var user = (string)(await deployment.Realm.Get("users?exact=true&username=alice", ct))![0]!["id"]!;

        var rounds = new List<Round>();
        foreach (var group in groups)
        {
            var (clicked, calls) = await Click(deployment, people, $"/load/{group}", ct);
            var added = calls.Single(call => call.IsChange);
            await deployment.Realm.Send(HttpMethod.Delete, $"users/{user}/groups/{added.Path.Split('/')[^1]}", null, ct);
            var began = Stopwatch.GetTimestamp();
            foreach (var call in calls)
                await raw.Call(call.Method, call.Path + call.Query, ct);
            rounds.Add(new Round(clicked, Stopwatch.GetElapsedTime(began), calls.Count));
        }

        rounds.RemoveRange(0, WarmUp);
        var (ours, theirs) = (Summary.Median(rounds.Select(round => round.Clicked.TotalMilliseconds)), Summary.Median(rounds.Select(round => round.Raw.TotalMilliseconds)));
        var goal = new Goal("click to verified grant ÷ its calls to Keycloak", 1.2, AtLeast: false, Summary.Median(rounds.Select(round => round.Clicked / round.Raw)));
        var table = new Table("", "median ms", "slowest ms")
            .Row("click to verified grant", Figures.Milliseconds(ours), Figures.Milliseconds(rounds.Max(round => round.Clicked.TotalMilliseconds)))
            .Row($"its {rounds.Max(round => round.Calls)} calls to Keycloak alone, one after another", Figures.Milliseconds(theirs), Figures.Milliseconds(rounds.Max(round => round.Raw.TotalMilliseconds)));
        return $"{Goal.Write([goal])}\n{table}";
    }

    private static async Task<(TimeSpan Took, IReadOnlyList<ProxiedCall> Calls)> Click(RealDeployment deployment, AskingPeople people, string target, CancellationToken ct)
    {
        var question = await people.Ask(target, ct);
        var sql = $"SELECT 1 FROM audit WHERE subject = 'request:{question.Buttons[0].Value}' AND kind = 'grant.active'";
        var before = deployment.Proxy.Calls.Count;
        var began = Stopwatch.GetTimestamp();
        await people.Approve(question, ct);
        await Waiting.Until(async () => await deployment.Audit.Ask(sql, ct) is not null, look, patience, "the grant to be active", ct);
        var took = Stopwatch.GetElapsedTime(began);
        var calls = deployment.Proxy.Calls.Skip(before).Where(call => !call.Path.EndsWith("/token", StringComparison.Ordinal)).ToList();
        await people.SeesGranted(target, ct);
        return (took, calls);
    }

    private sealed record Round(TimeSpan Clicked, TimeSpan Raw, int Calls);
}
