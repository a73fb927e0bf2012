using ChatGovernance.Bot.Chat;

namespace ChatGovernance.Bot.Slack.Socket;

/// <summary>
/// What envelopes came to, by their ids: one that comes again, over whichever connection, is answered as before, and while the first
/// is in hand it waits for the same answer. What is certain is the inbox and its keys; this spares it the repeats of one replica.
/// </summary>
internal sealed class EnvelopeMemory(TimeProvider time)
{
    /// <summary>Longer than Slack waits for an acknowledgement, several times over.</summary>
    private static readonly TimeSpan kept = TimeSpan.FromMinutes(1);

    private const int Most = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Task<Intake>> known = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, DateTimeOffset At)> order = new();

    /// <summary>Takes an envelope once; one that was not stored is taken anew when it comes again.</summary>
    public async Task<Intake> Once(string id, Func<Task<Intake>> take)
    {
        var first = new TaskCompletionSource<Intake>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Before(id, first.Task) is { } before)
            return await before;

        Intake intake = new Intake.NotStored();
        try
        {
            return intake = await take();
        }
        finally
        {
            if (intake is Intake.NotStored)
                Forget(id);
            first.SetResult(intake);
        }
    }

    private Task<Intake>? Before(string id, Task<Intake> first)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            while (order.TryPeek(out var oldest) && (order.Count >= Most || now - oldest.At > kept))
                known.Remove(order.Dequeue().Id);
            if (known.TryGetValue(id, out var before))
                return before;
            known[id] = first;
            order.Enqueue((id, now));
            return null;
        }
    }

    private void Forget(string id)
    {
        lock (gate)
            known.Remove(id);
    }
}
