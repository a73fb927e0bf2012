using System.Diagnostics;

namespace ChatGovernance.Benchmarks.Stand;

internal static class Waiting
{
    /// <summary>Asks until it is so.</summary>
    /// <exception cref="TimeoutException">It was not, for so long.</exception>
    public static async Task Until(Func<Task<bool>> holds, TimeSpan every, TimeSpan patience, string what, CancellationToken ct)
    {
        for (var began = Stopwatch.GetTimestamp(); !await holds();)
        {
            if (Stopwatch.GetElapsedTime(began) > patience)
                throw new TimeoutException($"Not within {patience}: {what}");
            await Task.Delay(every, TimeProvider.System, ct);
        }
    }
}
