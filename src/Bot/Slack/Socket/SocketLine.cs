namespace ChatGovernance.Bot.Slack.Socket;

/// <summary>Keeps one connection open: the next is open before the one that Slack is about to close is let go.</summary>
internal sealed partial class SocketLine(SocketOpener opener, SocketTimes times, TimeProvider time, ILogger<SocketLine> log)
{
    /// <summary>Until it is stopped; then what is in hand is acknowledged and everything closed.</summary>
    public async Task Keep(CancellationToken stop)
    {
        var replaced = new List<Task>();
        SlackSocket? current = null;
        var failures = 0;
        try
        {
            while (true)
            {
                var wait = TimeSpan.Zero;
                switch (await TryOpen(stop))
                {
                    case Opened.Done { Socket: var next }:
                        replaced.RemoveAll(task => task.IsCompleted);
                        if (current is not null)
                            replaced.Add(Retire(current, stop));
                        current = next;
                        LogOpened();
                        var since = time.GetTimestamp();
                        await current.Leaving.WaitAsync(stop);
                        LogLeaving(current.End);
                        failures = time.GetElapsedTime(since) >= times.Steady ? 0 : failures + 1;
                        break;
                    case Opened.Failed failed:
                        wait = failed.Wait;
                        failures++;
                        break;
                }

                var pause = times.Wait(failures, Random.Shared.NextDouble());
                await Task.Delay(wait > pause ? wait : pause, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is open is closed below.
        }
        finally
        {
            if (current is not null)
                replaced.Add(current.DisposeAsync().AsTask());
            await Task.WhenAll(replaced);
        }
    }

    private async Task<Opened> TryOpen(CancellationToken stop)
    {
        try
        {
            return await opener.Open(stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested && e is not OutOfMemoryException)
        {
            LogFailed(e.GetType().Name);
            return new Opened.Failed(TimeSpan.Zero);
        }
    }

    /// <summary>Something may still come over it until Slack closes it.</summary>
    private async Task Retire(SlackSocket old, CancellationToken stop)
    {
        await old.Ended.WaitAsync(times.Linger, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await old.DisposeAsync();
    }

    [LoggerMessage(1, LogLevel.Information, "A connection of Socket Mode is open.")]
    private partial void LogOpened();

    [LoggerMessage(2, LogLevel.Information, "A connection of Socket Mode ends ({Why}); the next is opened.")]
    private partial void LogLeaving(SocketEnd? why);

    [LoggerMessage(3, LogLevel.Error, "A connection of Socket Mode could not be opened: {Failure}.")]
    private partial void LogFailed(string failure);
}
