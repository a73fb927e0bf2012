namespace ChatGovernance.Bot.Slack.Socket;

/// <summary>How many connections are open, greeted by Slack and not ended yet.</summary>
internal sealed class SocketState(TimeProvider time)
{
    private readonly Lock gate = new();
    private DateTimeOffset emptySince = time.GetUtcNow();

    public int Open { get; private set; }

    /// <summary>For how long there has been none; zero while there is one.</summary>
    public TimeSpan EmptyFor
    {
        get
        {
            lock (gate)
                return Open > 0 ? TimeSpan.Zero : time.GetUtcNow() - emptySince;
        }
    }

    public void Opened()
    {
        lock (gate)
            Open++;
    }

    public void Ended()
    {
        lock (gate)
        {
            if (--Open == 0)
                emptySince = time.GetUtcNow();
        }
    }
}
