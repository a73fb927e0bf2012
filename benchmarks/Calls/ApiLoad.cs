using System.Diagnostics;
using ChatGovernance.Benchmarks.Measuring;

namespace ChatGovernance.Benchmarks.Calls;

/// <summary>So many callers at once, each with its next call as soon as the last one is answered.</summary>
internal static class ApiLoad
{
    public static async Task<Latencies> Run(IEnumerable<ApiCaller> callers, Func<ApiCaller, Func<List<long>, CancellationToken, Task>> what, TimeSpan time, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var taken = await Task.WhenAll(callers.Select(async caller =>
        {
            await Task.Yield();
            var ticks = new List<long>();
            while (Stopwatch.GetElapsedTime(began) < time)
                await what(caller)(ticks, ct);
            return ticks;
        }));
        return new Latencies(taken.SelectMany(ticks => ticks), Stopwatch.GetElapsedTime(began));
    }
}
