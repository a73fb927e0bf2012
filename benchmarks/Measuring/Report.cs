using ChatGovernance.Benchmarks.Stand;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Benchmarks.Measuring;

/// <summary>Writes what was measured between its marks in docs/benchmarks.md.</summary>
internal static class Report
{
    private static readonly string file = Path.Combine(RepositoryFolder.Path, "docs", "benchmarks.md");

    /// <exception cref="InvalidDataException">The file has no place for it.</exception>
    public static async Task Write(string name, string markdown, CancellationToken ct) =>
        await File.WriteAllTextAsync(file, Put(await File.ReadAllTextAsync(file, ct), name, markdown), ct);

    private static string Put(string text, string name, string markdown)
    {
        var (begin, end) = ($"<!-- begin {name} -->\n", $"<!-- end {name} -->");
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        var to = text.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new InvalidDataException($"docs/benchmarks.md has no marks for {name}.");
        return $"{text[..(from + begin.Length)]}\n{markdown.Trim()}\n\nMeasured on {Cores.Count} cores, .NET {Environment.Version}.\n\n{text[to..]}";
    }
}
