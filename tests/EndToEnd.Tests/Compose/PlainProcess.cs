using System.Collections.Concurrent;
using System.Diagnostics;

namespace ChatGovernance.EndToEnd.Tests.Compose;

/// <summary>A command with the variables that it is given, and of this machine's own only what finds programs. It ends when this is disposed of.</summary>
internal sealed class PlainProcess : IAsyncDisposable
{
    private static readonly string[] inherited = ["PATH", "HOME", "JAVA_HOME", "DOTNET_ROOT", "LANG"];

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();

    private PlainProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it wrote.</summary>
    public string Output => string.Join('\n', lines);

    public bool HasExited => process.HasExited;

    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static PlainProcess Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string folder)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment.Clear();
        foreach (var name in inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
                start.Environment[name] = value;
        }

        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new PlainProcess(start);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output)> Run(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string folder, CancellationToken ct)
    {
        await using var run = Start(command, environment, folder);
        await run.process.WaitForExitAsync(ct);
        return (run.process.ExitCode, run.Output);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
