using System.Diagnostics;
using System.Globalization;
using ChatGovernance.Benchmarks.Measuring;
using ChatGovernance.Benchmarks.Stand;

namespace ChatGovernance.Benchmarks.Grants;

/// <summary>Many grants that are due at once, beside a plain loop that deletes as many memberships, as many at once.</summary>
internal sealed class EndBenchmark : IBenchmark
{
    private const int Groups = 50;
    private const int AtOnce = 8; // as the bot asks Keycloak (docs/keycloak.md)
    private const int Rounds = 2;

    private static readonly TimeSpan look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(10);

    public string Name => "ends";

    public string About => "due grants ended and verified a second, beside a plain loop of DELETEs";

    public async Task<string> Run(Scope scope, CancellationToken ct)
    {
        // Each round of each side has people of its own.
        var people = Math.Max(1, (scope.Quick ? Math.Min(scope.Grants, 200) : scope.Grants) / Groups / Rounds);
        string[] names = [.. Enumerable.Range(1, people * Rounds * 2).Select(n => string.Create(CultureInfo.InvariantCulture, $"person-{n:0000}"))];
        string[] groups = [.. Enumerable.Range(1, Groups).Select(n => string.Create(CultureInfo.InvariantCulture, $"target-{n:000}"))];
        await using var deployment = new RealDeployment(recorded: false);
        await deployment.Start(RealmFile.With(groups, names), ct);
        await deployment.Bot.Kill();
        var memberships = (await Read(deployment, groups, ct)).Chunk(people * Groups).ToArray();

        var (ours, raw) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            raw.Add(await Delete(deployment, memberships[2 * round], ct));
            ours.Add(await End(deployment, memberships[(2 * round) + 1], ct));
        }

        var ratio = Summary.Median(ours) / Summary.Median(raw);
        var total = people * Groups * Rounds;
        return $"{Goal.Write([new Goal("ends a second ÷ DELETEs a second", 0.9, AtLeast: true, ratio)])}\n{new Table($"{total} on each side", "a second")
            .Row("grants ended, read back and written down", Figures.Rate(Summary.Median(ours)))
            .Row($"plain DELETEs, {AtOnce} at once", Figures.Rate(Summary.Median(raw)))}";
    }

    private static async Task<double> Delete(RealDeployment deployment, IReadOnlyList<Membership> memberships, CancellationToken ct)
    {
        using var raw = new RawKeycloak(deployment.Realm, deployment.Realm.Server);
        await raw.Authenticate(ct);
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(memberships, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (membership, token) =>
            await raw.Call("DELETE", deployment.Realm.Admin($"users/{membership.User}/groups/{membership.Group}"), token));
        return memberships.Count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>From the first that was begun to the last that was ended, as the audit has it.</summary>
    private static async Task<double> End(RealDeployment deployment, IReadOnlyList<Membership> memberships, CancellationToken ct)
    {
        var before = await Number(deployment, "SELECT coalesce(max(number), 0) FROM audit", ct);
        await DueGrants.Store(deployment.Store, memberships, ct);
        await deployment.StartBot(ct);
        var ended = $"FROM audit WHERE number > {before} AND kind = 'grant.ended'";
        await Waiting.Until(async () => await Number(deployment, $"SELECT count(*) {ended}", ct) == memberships.Count, look, patience, "every grant to end", ct);
        var ticks = await Number(deployment, $"SELECT max(at) - (SELECT min(at) FROM audit WHERE number > {before} AND kind = 'grant.ending') {ended}", ct);
        await deployment.Bot.Kill();
        return memberships.Count / TimeSpan.FromTicks(ticks).TotalSeconds;
    }

    private static async Task<long> Number(RealDeployment deployment, string sql, CancellationToken ct) =>
        Convert.ToInt64(await deployment.Audit.Ask(sql, ct), CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<Membership>> Read(RealDeployment deployment, string[] groups, CancellationToken ct)
    {
        var users = (await deployment.Realm.Get("users?search=person-&briefRepresentation=true&max=100000", ct))!.AsArray();
        var found = new List<(string Id, string Path)>();
        foreach (var group in groups)
            found.Add(((string)(await deployment.Realm.Get($"group-by-path/load/{group}", ct))!["id"]!, $"/load/{group}"));
        return [.. users.SelectMany(user => found.Select(group => new Membership((string)user!["id"]!, (string)user["username"]!, group.Id, group.Path)))];
    }
}
