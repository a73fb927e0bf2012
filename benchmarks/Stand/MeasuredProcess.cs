using System.Diagnostics;

namespace ChatGovernance.Benchmarks.Stand;

/// <summary>A program that says where it listens in the first line it writes. It ends when this is disposed of.</summary>
internal sealed class MeasuredProcess : IAsyncDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private MeasuredProcess(Process process, Uri url) => (this.process, Url) = (process, url);

    public Uri Url { get; }

    public int Id => process.Id;

    /// <exception cref="InvalidOperationException">It wrote something else, or nothing.</exception>
    public static async Task<MeasuredProcess> Start(IReadOnlyList<string> words, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1)) { RedirectStandardOutput = true };
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        var process = Process.Start(start)!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(ct).AsTask().WaitAsync(patience, TimeProvider.System, ct);
            return Uri.TryCreate(line, UriKind.Absolute, out var url)
                ? new MeasuredProcess(process, url)
                : throw new InvalidOperationException($"{string.Join(' ', words)} did not say where it listens: {line}");
        }
        catch
        {
            await End(process);
            throw;
        }
    }

    public ValueTask DisposeAsync() => End(process);

    private static async ValueTask End(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
