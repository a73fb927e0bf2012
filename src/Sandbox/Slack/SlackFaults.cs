namespace ChatGovernance.Sandbox.Slack;

/// <summary>
/// Makes the Web API fail on purpose. A fault meets calls to its method (any, where none is named) and channel (any, where
/// none is named), the oldest fault first, as often as it says, and takes the place of the usual answer.
/// </summary>
public sealed class SlackFaults
{
    private readonly Lock _gate = new();
    private readonly List<SlackFault> _faults = [];

    /// <summary>429 with <c>Retry-After</c> in whole seconds; nothing is done.</summary>
    public SlackFault RateLimited(TimeSpan retryAfter, string? method = null, string? channel = null, int times = 1) =>
        Add(new SlackFault(FaultKind.RateLimited, method, channel, times) { Span = retryAfter });

    /// <summary>An HTTP status and no JSON; nothing is done.</summary>
    public SlackFault ServerError(string? method = null, string? channel = null, int times = 1, int status = 500) =>
        Add(new SlackFault(FaultKind.ServerError, method, channel, times) { Status = status });

    /// <summary><c>{"ok":false,"error":…}</c>; nothing is done.</summary>
    public SlackFault Refused(string error, string? method = null, string? channel = null, int times = 1) =>
        Add(new SlackFault(FaultKind.Refused, method, channel, times) { Error = error });

    /// <summary>The connection breaks before anything is done.</summary>
    public SlackFault Dropped(string? method = null, string? channel = null, int times = 1) =>
        Add(new SlackFault(FaultKind.Dropped, method, channel, times));

    /// <summary>The call is done and recorded, and the connection breaks before the answer.</summary>
    public SlackFault LostAnswer(string? method = null, string? channel = null, int times = 1) =>
        Add(new SlackFault(FaultKind.LostAnswer, method, channel, times));

    /// <summary>Done and answered after this time of the workspace's clock.</summary>
    public SlackFault Delayed(TimeSpan by, string? method = null, string? channel = null, int times = 1) =>
        Add(new SlackFault(FaultKind.Delayed, method, channel, times) { Span = by });

    /// <summary>Nothing is done until <see cref="SlackFault.Release"/>.</summary>
    public SlackFault HeldBefore(string? method = null, string? channel = null, int times = 1) =>
        Add(new SlackFault(FaultKind.HeldBefore, method, channel, times));

    /// <summary>Done at once, answered only after <see cref="SlackFault.Release"/>: taken without an answer.</summary>
    public SlackFault HeldAfter(string? method = null, string? channel = null, int times = 1) =>
        Add(new SlackFault(FaultKind.HeldAfter, method, channel, times));

    /// <summary>Takes all faults away and lets go of what they hold.</summary>
    public void Clear()
    {
        SlackFault[] all;
        lock (_gate)
        {
            all = [.. _faults];
            _faults.Clear();
        }
        foreach (SlackFault fault in all) fault.Release();
    }

    internal SlackFault? Meet(string method, string? channel)
    {
        lock (_gate) return _faults.Find(f => f.TryMeet(method, channel));
    }

    private SlackFault Add(SlackFault fault)
    {
        lock (_gate) _faults.Add(fault);
        return fault;
    }
}

internal enum FaultKind { RateLimited, ServerError, Refused, Dropped, LostAnswer, Delayed, HeldBefore, HeldAfter }

/// <summary>A fault that was set; disposing of it releases what it holds and meets nothing further.</summary>
public sealed class SlackFault : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string? _method;
    private readonly string? _channel;
    private int _left;

    internal SlackFault(FaultKind kind, string? method, string? channel, int times) =>
        (Kind, _method, _channel, _left) = (kind, method, channel, times);

    internal FaultKind Kind { get; }
    internal TimeSpan Span { get; init; }
    internal int Status { get; init; }
    internal string Error { get; init; } = "";
    internal Task Released => _released.Task;

    /// <summary>Ends when the first call has met it; where it holds after the effect, once that is done.</summary>
    public Task Reached => _reached.Task;

    /// <summary>How many calls met it.</summary>
    public int Hits { get; private set; }

    /// <summary>Lets go of every call that it holds or will hold.</summary>
    public void Release() => _released.TrySetResult();

    public void Dispose()
    {
        _left = 0;
        Release();
    }

    internal void Reach() => _reached.TrySetResult();

    internal bool TryMeet(string method, string? channel)
    {
        if (_left == 0 || (_method is not null && _method != method) || (_channel is not null && _channel != channel)) return false;
        if (_left != int.MaxValue) _left--;
        Hits++;
        return true;
    }
}
