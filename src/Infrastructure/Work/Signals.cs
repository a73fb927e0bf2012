using System.Threading.Channels;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Work;

/// <summary>Wakes the loops of this process. A signal that nobody waits for is kept, once.</summary>
internal sealed class Signals : IWake
{
    private readonly Dictionary<WorkKind, Channel<bool>> signals = Enum.GetValues<WorkKind>().ToDictionary(
        kind => kind,
        _ => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }));

    public void Wake(WorkKind kind) => signals[kind].Writer.TryWrite(true);

    /// <summary>Returns when there was a signal, or after the time.</summary>
    public async Task Wait(WorkKind kind, TimeSpan atMost, TimeProvider time, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            await signals[kind].Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The time is over: the loop looks by itself.
        }
    }
}
