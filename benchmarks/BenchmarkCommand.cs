using System.CommandLine;
using System.Diagnostics;
using ChatGovernance.Benchmarks.Acknowledgements;
using ChatGovernance.Benchmarks.Calls;
using ChatGovernance.Benchmarks.DueWork;
using ChatGovernance.Benchmarks.Grants;
using ChatGovernance.Benchmarks.Invokes;
using ChatGovernance.Benchmarks.Logins;
using ChatGovernance.Benchmarks.Measuring;
using ChatGovernance.Benchmarks.Searching;
using ChatGovernance.Benchmarks.Stand;
using ChatGovernance.Benchmarks.Starts;

namespace ChatGovernance.Benchmarks;

/// <summary>The command line behind <c>scripts/benchmark</c>. Exit codes: 0 all were measured (whatever the figures), 2 something could not be.</summary>
internal static class BenchmarkCommand
{
    private static readonly IReadOnlyList<IBenchmark> all =
        [new AcknowledgementBenchmark(), new InvokeBenchmark(), new CallBenchmark(), new StartBenchmark(), new ClickBenchmark(), new EndBenchmark(), new LoginBenchmark(), new DueWorkBenchmark(), new SearchBenchmark()];

    public static async Task<int> Run(string[] args)
    {
        var parsed = Create().Parse(args);
        var exitCode = await parsed.InvokeAsync();
        return parsed.Errors.Count > 0 ? 2 : exitCode;
    }

    private static RootCommand Create()
    {
        var names = new Argument<string[]>("name") { Description = "What to measure; everything where nothing is named.", Arity = ArgumentArity.ZeroOrMore };
        names.AcceptOnlyFromAmong([.. all.Select(benchmark => benchmark.Name)]);
        var quick = new Option<bool>("--quick") { Description = "So little that the figures say only that it works; nothing is written." };
        var grants = new Option<int>("--grants") { Description = "How many due grants are ended.", DefaultValueFactory = _ => 2_000 };
        var root = new RootCommand("Measures the bot beside something else on the same machine.") { names, quick, grants };
        root.SetAction((parsed, ct) => Measure(parsed.GetValue(names)!, new Scope(parsed.GetValue(quick), parsed.GetValue(grants)), ct));

        var grouped = new Option<bool>(BareEndpoint.Grouped);
        var bare = new Command(BareEndpoint.Command) { grouped };
        bare.Hidden = true;
        bare.SetAction((parsed, ct) => BareEndpoint.Serve(parsed.GetValue(grouped), ct));
        root.Add(bare);
        return root;
    }

    private static async Task<int> Measure(string[] names, Scope scope, CancellationToken ct)
    {
        var exitCode = 0;
        foreach (var benchmark in all.Where(benchmark => names.Length == 0 || names.Contains(benchmark.Name)))
        {
            var began = Stopwatch.GetTimestamp();
            await Console.Out.WriteLineAsync($"== {benchmark.Name}: {benchmark.About}\n");
            try
            {
                var measured = await benchmark.Run(scope, ct);
                await Console.Out.WriteLineAsync($"{measured}\n{Stopwatch.GetElapsedTime(began).TotalSeconds:0} s\n");
                if (!scope.Quick)
                    await Report.Write(benchmark.Name, measured, ct);
            }
            catch (Exception problem) when (!ct.IsCancellationRequested)
            {
                // One that cannot be measured keeps none of the others from it.
                exitCode = 2;
                await Console.Error.WriteLineAsync($"{benchmark.Name} was not measured: {problem}\n");
            }
        }

        return exitCode;
    }
}
