using System.Diagnostics;
using ChatGovernance.Benchmarks.Measuring;

namespace ChatGovernance.Benchmarks.Acknowledgements;

/// <summary>So many callers at once, each with its next call as soon as the last one is answered.</summary>
internal static class Load
{
    /// <param name="posts">What one caller sends in turn; each caller has its own.</param>
    public static async Task<Latencies> Run(Uri server, Func<IReadOnlyList<IPost>> posts, int atOnce, TimeSpan time, CancellationToken ct)
    {
        var callers = new List<Caller>();
        try
        {
            for (var i = 0; i < atOnce; i++)
                callers.Add(await Caller.Connect(server, ct));
            var began = Stopwatch.GetTimestamp();
            var taken = await Task.WhenAll(callers.Select((caller, i) => Keep(caller, posts(), i, began, time, ct)));
            return new Latencies(taken.SelectMany(ticks => ticks), Stopwatch.GetElapsedTime(began));
        }
        finally
        {
            callers.ForEach(caller => caller.Dispose());
        }
    }

    private static async Task<List<long>> Keep(Caller caller, IReadOnlyList<IPost> posts, int number, long began, TimeSpan time, CancellationToken ct)
    {
        await Task.Yield();
        var ticks = new List<long>();
        for (var i = number; Stopwatch.GetElapsedTime(began) < time; i++)
            ticks.Add(await caller.Call(posts[i % posts.Count].Next(), ct));
        return ticks;
    }
}
