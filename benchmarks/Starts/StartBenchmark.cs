using System.Diagnostics;
using System.Globalization;
using ChatGovernance.Benchmarks.Acknowledgements;
using ChatGovernance.Benchmarks.Measuring;
using ChatGovernance.Benchmarks.Stand;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.Benchmarks.Starts;

/// <summary>From a new process to the first answer, and what it holds of the memory, beside Bolt.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    private const int AtOnce = 8;

    private static readonly TimeSpan settling = TimeSpan.FromSeconds(3);

    public string Name => "starts";

    public string About => "start time, first call after the start and memory, beside Bolt";

    public async Task<string> Run(Scope scope, CancellationToken ct)
    {
        await using var bot = new PinnedDeployment(works: true);
        await bot.Start(SandboxRealmFile.Json, ct);
        var rounds = await Rounds.Alternate(scope.Rounds, [() => Bot(bot, scope, ct), () => Bolt(bot, scope, ct)]);
        var (ours, theirs) = (Life.Median(rounds[0]), Life.Median(rounds[1]));
        return new Table("", "ChatGovernance", "Bolt", "ratio")
            .Row("process begun to ready, ms", Figures.Milliseconds(ours.Start), Figures.Milliseconds(theirs.Start), Figures.Ratio(ours.Start / theirs.Start))
            .Row("first call after that, ms", Figures.Milliseconds(ours.FirstCall), Figures.Milliseconds(theirs.FirstCall), Figures.Ratio(ours.FirstCall / theirs.FirstCall))
            .Row("resident when idle, MiB", Figures.Megabytes(ours.Idle), Figures.Megabytes(theirs.Idle), Figures.Ratio(ours.Idle / theirs.Idle))
            .Row("resident after load, MiB", Figures.Megabytes(ours.Loaded), Figures.Megabytes(theirs.Loaded), Figures.Ratio(ours.Loaded / theirs.Loaded))
            .ToString();
    }

    private static async Task<Life> Bot(PinnedDeployment bot, Scope scope, CancellationToken ct)
    {
        await bot.Bot.Kill();
        await bot.ForgetDeliveries(ct);
        var began = Stopwatch.GetTimestamp();
        await bot.StartBot(ct);
        var life = await Live(Stopwatch.GetElapsedTime(began), bot.Bot.Url, bot.Bot.Id, bot.Workspace.SigningSecret, scope, ct);
        await bot.Bot.Kill(); // the core is the other's now
        return life;
    }

    private static async Task<Life> Bolt(PinnedDeployment bot, Scope scope, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        await using var bolt = await BoltApp.Start(bot.Workspace, ct);
        return await Live(Stopwatch.GetElapsedTime(began), bolt.Url, bolt.Id, bot.Workspace.SigningSecret, scope, ct);
    }

    private static async Task<Life> Live(TimeSpan start, Uri url, int process, string secret, Scope scope, CancellationToken ct)
    {
        long firstCall;
        using (var caller = await Caller.Connect(url, ct))
            firstCall = await caller.Call(SignedPost.Command(url, secret).Next(), ct);
        await Task.Delay(settling, TimeProvider.System, ct);
        var idle = Resident(process);
        await Load.Run(url, () => SignedPost.Both(url, secret), AtOnce, scope.Round, ct);
        return new Life(start.TotalMilliseconds, Stopwatch.GetElapsedTime(0, firstCall).TotalMilliseconds, idle, Resident(process));
    }

    /// <summary>Bytes (https://man7.org/linux/man-pages/man5/proc_pid_status.5.html, VmRSS).</summary>
    private static double Resident(int process)
    {
        const string field = "VmRSS:";
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(field, StringComparison.Ordinal));
        return 1024 * double.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    /// <param name="Start">In milliseconds, as <paramref name="FirstCall"/>.</param>
    /// <param name="Idle">In bytes, as <paramref name="Loaded"/>.</param>
    private sealed record Life(double Start, double FirstCall, double Idle, double Loaded)
    {
        public static Life Median(IReadOnlyList<Life> lives) => new(
            Summary.Median(lives.Select(life => life.Start)), Summary.Median(lives.Select(life => life.FirstCall)),
            Summary.Median(lives.Select(life => life.Idle)), Summary.Median(lives.Select(life => life.Loaded)));
    }
}
