namespace ChatGovernance.Infrastructure.Work;

/// <summary>For whoever has to answer in time, whatever the database does.</summary>
public static class Deadline
{
    /// <summary>
    /// The result, or the end of the wait. What is still on its way then is called off and not waited for: a driver asks a server that hangs
    /// to cancel, and waits for that as well.
    /// </summary>
    /// <exception cref="TimeoutException">There is no result yet.</exception>
    public static async Task<T> Within<T>(TimeSpan time, TimeProvider clock, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        var late = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = clock.CreateTimer(_ => late.TrySetException(new TimeoutException($"Not within {time}.")), null, time, Timeout.InfiniteTimeSpan);
        var off = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // Not every driver awaits: SQLite's waits for a lock where it stands.
        var working = Task.Run(() => work(off.Token), CancellationToken.None);
        try
        {
            return await await Task.WhenAny(working, late.Task).WaitAsync(ct);
        }
        finally
        {
            _ = CallOff(off, working);
        }
    }

    private static async Task CallOff(CancellationTokenSource off, Task working)
    {
        if (!working.IsCompleted)
            await off.CancelAsync();
        await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        off.Dispose();
    }
}
