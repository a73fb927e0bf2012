using System.Threading.Channels;

namespace ChatGovernance.Infrastructure.Scheduling;

/// <summary>Somebody says that the directory has news: it is looked at now, and what it says itself is what counts. Many hints are one.</summary>
public sealed class DirectoryHints
{
    private readonly Channel<bool> hints = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Hint() => hints.Writer.TryWrite(true);

    /// <summary>Returns when there was a hint, or after the time.</summary>
    internal async Task Wait(TimeSpan atMost, TimeProvider time, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            await hints.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // The time is over, or the process ends.
        }
    }
}
