namespace ChatGovernance.Benchmarks.Measuring;

internal interface IBenchmark
{
    /// <summary>As the command line and the marks in docs/benchmarks.md have it.</summary>
    string Name { get; }

    /// <summary>One line for people.</summary>
    string About { get; }

    /// <returns>Markdown: goals and figures.</returns>
    Task<string> Run(Scope scope, CancellationToken ct);
}
