using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Tests.Slack;

/// <summary>An inbox in memory that can be away.</summary>
internal sealed class FakeInbox : IInbox, IWake
{
    private readonly Lock gate = new();
    private readonly List<Delivery> stored = [];
    private readonly TaskCompletionSource hung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<Delivery> Stored
    {
        get
        {
            lock (gate)
                return [.. stored];
        }
    }

    /// <summary>Every delivery that came here, repeats included.</summary>
    public int Offered { get; private set; }

    public int Woken { get; private set; }

    public Exception? Trouble { get; set; }

    /// <summary>Set: it neither takes nor refuses before it is cancelled.</summary>
    public bool Hangs { get; set; }

    /// <summary>Waited for before a delivery is stored.</summary>
    public Func<Delivery, Task>? Before { get; set; }

    /// <summary>Ends when a delivery has come and hangs.</summary>
    public Task Hung => hung.Task;

    public async Task<Accepted> Accept(Delivery delivery, CancellationToken ct)
    {
        await MeetTrouble(ct);
        if (Before is { } before)
            await before(delivery);
        lock (gate)
        {
            Offered++;
            if (stored.Find(before => before.Key == delivery.Key) is { } first)
                return new Accepted(false, first.Answer);
            stored.Add(delivery);
            return new Accepted(true, delivery.Answer);
        }
    }

    public async Task<byte[]?> Answered(IReadOnlyList<string> keys, CancellationToken ct)
    {
        await MeetTrouble(ct);
        return keys.Join(Stored, key => key, delivery => delivery.Key, (_, delivery) => delivery.Answer).FirstOrDefault();
    }

    public Task<StoredDelivery?> Load(long id, CancellationToken ct) => throw new NotSupportedException("The workers' part.");

    public Task<bool> Waits(Subject subject, CancellationToken ct) => throw new NotSupportedException("The workers' part.");

    public void Wake(WorkKind kind)
    {
        kind.ShouldBe(WorkKind.Inbox);
        Woken++;
    }

    private async Task MeetTrouble(CancellationToken ct)
    {
        if (Hangs)
        {
            hung.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        }

        if (Trouble is { } trouble)
            throw trouble;
    }
}
