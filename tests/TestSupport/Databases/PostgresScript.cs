using System.ComponentModel;
using System.Diagnostics;

namespace ChatGovernance.TestSupport.Databases;

/// <summary><c>scripts/postgres</c>, for a test project that is run by itself.</summary>
internal static class PostgresScript
{
    private const int NoServerHere = 3;

    public static async Task<(string ConnectionString, string Directory)> StartAsync()
    {
        using var script = Run("start");
        var errors = script.StandardError.ReadToEndAsync();
        var printed = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        return script.ExitCode switch
        {
            0 => (ValueOf("TEST_POSTGRES", printed), ValueOf("POSTGRES_DIRECTORY", printed)),
            NoServerHere => throw new PostgresMissingException((await errors).Trim()),
            var code => throw new InvalidOperationException($"scripts/postgres start ended with {code}: {await errors}"),
        };
    }

    public static void Stop(string directory) => Do("stop", directory);

    /// <summary>Ends the server as a crash would.</summary>
    public static void Halt(string directory) => Do("halt", directory);

    /// <summary>Starts a halted server again, and waits until it answers.</summary>
    public static void Resume(string directory) => Do("resume", directory);

    private static void Do(string what, string directory)
    {
        using var script = Run(what, directory);
        var errors = script.StandardError.ReadToEnd();
        script.WaitForExit();
        if (script.ExitCode != 0)
            throw new InvalidOperationException($"scripts/postgres {what} ended with {script.ExitCode}: {errors}");
    }

    private static Process Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(RepositoryFolder.Path, "scripts", "postgres"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new PostgresMissingException($"scripts/postgres cannot run here: {exception.Message}");
        }
    }

    private static string ValueOf(string name, string printed) =>
        printed.Split('\n').Single(line => line.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];
}
