using System.Diagnostics;

namespace ChatGovernance.Sandbox.Demo;

/// <summary>Prints each step with its evidence; the first that fails ends the story.</summary>
internal sealed class DemoReport(TextWriter output)
{
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private int _number;

    public void Say(string line) => output.WriteLine(line);

    /// <summary>Runs a step, whose lines are its evidence.</summary>
    /// <returns>Whether it held.</returns>
    public async Task<bool> Step(string what, Func<Task<IReadOnlyList<string>>> show)
    {
        _number++;
        try
        {
            IReadOnlyList<string> evidence = await show();
            Line("ok  ", what);
            foreach (string line in evidence) output.WriteLine($"           {line}");
            return true;
        }
        catch (Exception problem) when (problem is DemoException or TimeoutException or InvalidOperationException or HttpRequestException)
        {
            Line("FAIL", what);
            output.WriteLine($"           {problem.Message}");
            return false;
        }
    }

    private void Line(string verdict, string what) => output.WriteLine(FormattableString.Invariant($"{verdict} {_since.Elapsed.TotalSeconds,5:0.0} s {_number,2}. {what}"));
}
