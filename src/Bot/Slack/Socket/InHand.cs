namespace ChatGovernance.Bot.Slack.Socket;

/// <summary>Envelopes of one connection that are not acknowledged yet.</summary>
internal sealed class InHand
{
    private readonly Lock gate = new();
    private int count;
    private TaskCompletionSource empty = Done();

    /// <summary>Ends when there is none.</summary>
    public Task Empty
    {
        get
        {
            lock (gate)
                return empty.Task;
        }
    }

    public void Begin()
    {
        lock (gate)
        {
            if (count++ == 0)
                empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void End()
    {
        lock (gate)
        {
            if (--count == 0)
                empty.SetResult();
        }
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
