using System.Globalization;

namespace ChatGovernance.Benchmarks.Stand;

/// <summary>What is measured has the first core to itself; the rest of the stand, and this process, have the others (<c>scripts/benchmark</c>).</summary>
internal static class Cores
{
    /// <summary>Of the machine; this process does not see the first one.</summary>
    public static int Count { get; } = int.Parse(
        Environment.GetEnvironmentVariable("BENCHMARK_CORES") ?? throw new InvalidOperationException("BENCHMARK_CORES is not set: start scripts/benchmark."), CultureInfo.InvariantCulture);

    /// <summary>Words in front of a command that is measured.</summary>
    public static IReadOnlyList<string> First { get; } = ["taskset", "-c", "0"];

    /// <summary>Words in front of a command that may use the whole machine.</summary>
    public static IReadOnlyList<string> All { get; } = ["taskset", "-c", string.Create(CultureInfo.InvariantCulture, $"0-{Count - 1}")];
}
