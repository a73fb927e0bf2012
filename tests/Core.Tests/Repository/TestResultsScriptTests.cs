using System.Diagnostics;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Core.Tests.Repository;

/// <summary>The counts that a run ends with are read by <c>scripts/test-results</c>.</summary>
public sealed class TestResultsScriptTests : IDisposable
{
    private const string First = """
        <TestRun><Results>
          <UnitTestResult testName="A.Passes" outcome="Passed" />
          <UnitTestResult testName="A.Skips(text: &quot;&lt;x&gt;&quot;)" outcome="NotExecuted">
            <Output>
              <StdOut>No server &amp; no
        luck</StdOut>
            </Output>
          </UnitTestResult>
        </Results><ResultSummary outcome="Failed">
          <Counters total="9" executed="8" passed="3" failed="2" error="1" timeout="1" aborted="1" notExecuted="1" />
        </ResultSummary></TestRun>
        """;

    private const string Second = """
        <TestRun><ResultSummary><Counters total="7" passed="7" failed="0" error="0" notExecuted="0" /></ResultSummary></TestRun>
        """;

    private readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("chatgovernance-results.");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Counts_of_several_files_are_added_up() =>
        Run("count", Write("first.trx", First), Write("second.trx", Second)).ShouldBe("10 5 1\n");

    [Fact]
    public void A_skipped_test_is_listed_with_its_reason() =>
        Run("skipped", Write("first.trx", First), Write("second.trx", Second))
            .ShouldBe("  A.Skips(text: \"<x>\"): No server & no luck\n");

    [Fact]
    public void A_file_that_does_not_exist_counts_nothing() =>
        Run("count", Path.Combine(folder.FullName, "missing.trx")).ShouldBe("0 0 0\n");

    private string Write(string name, string text)
    {
        var file = Path.Combine(folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }

    private static string Run(params string[] arguments)
    {
        var script = Path.Combine(RepositoryFolder.Path, "scripts", "test-results");
        using var process = Process.Start(new ProcessStartInfo(script, arguments) { RedirectStandardOutput = true })!;
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        return printed;
    }
}
