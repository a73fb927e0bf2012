using System.CommandLine;
using ChatGovernance.Core.Policies;
using ChatGovernance.Infrastructure.Policies;

namespace ChatGovernance.Bot.Cli;

internal static class PolicyCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("file") { Description = "A policy file that does not hold yet." };
        var diff = new Command("diff", "Say what a policy file would change: rules of targets, and through them requests that wait and grants that are live; and which clients ask for something else at login than it says. Exit code 0: nothing; 1: something, and named; 2: could not run.") { file, Answers.Json };
        diff.SetAction((parsed, ct) => Answers.Ask(services => Diff(services, parsed.GetRequiredValue(file), parsed.GetValue(Answers.Json), ct)));
        return new Command("policy", "Look at policy files.") { diff };
    }

    private static async Task<int> Diff(IServiceProvider services, string path, bool json, CancellationToken ct)
    {
        var read = await PolicyFile.Read(path, ct);
        if (read is PolicyReading.Bad bad)
            return await Answers.CouldNot($"{path} cannot be used. {string.Join(" ", bad.Problems)}");
        var diff = await services.GetRequiredService<DiffPolicy>().Run(((PolicyReading.Good)read).Policy, ct);
        if (diff is PolicyDiff.Unknown unknown)
            return await Answers.CouldNot(unknown.Why);

        var found = (PolicyDiff.Read)diff;
        Console.WriteLine(json ? Json(found) : Words(found));
        return found.IsEmpty ? ExitCode.Done : ExitCode.Found;
    }

    private static string Words(PolicyDiff.Read diff) => diff.IsEmpty
        ? "Nothing would change."
        : string.Join('\n',
        [
            .. diff.Targets.SelectMany(target => target.Differences.Select(difference => $"  {difference}").Prepend(target.Name)),
            .. diff.Targets.Count > 0 && diff.Affected.Count == 0 ? ["No request that waits and no live grant is concerned."] : diff.Affected.Select(item => $"{item.What} ({item.Whose}) {item.Consequence}"),
            .. diff.Logins.Select(login => $"login {login}"),
        ]);

    private static string Json(PolicyDiff.Read diff) => Answers.Write(writer =>
    {
        writer.WriteList("targets", diff.Targets, target =>
        {
            writer.WriteString("target", target.Name);
            writer.WriteTexts("differences", target.Differences);
        });
        writer.WriteList("affected", diff.Affected, item =>
        {
            writer.WriteString("what", item.What);
            writer.WriteString("whose", item.Whose);
            writer.WriteString("consequence", item.Consequence);
        });
        writer.WriteList("logins", diff.Logins, login =>
        {
            writer.WriteString("client", login.Client);
            writer.WriteString("now", login.Now?.ToString());
            writer.WriteString("wanted", login.Wanted.ToString());
        });
    });
}
