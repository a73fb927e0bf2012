namespace ChatGovernance.Infrastructure.Webhooks;

/// <summary>
/// A receiver that does not answer is left alone for a while, whatever waits for it: each try would take a worker the whole time-out,
/// and other receivers would wait for that. Longer each time, until it answers.
/// </summary>
internal sealed class TargetRest(TimeProvider time)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private DateTimeOffset until;
    private int times;

    /// <summary>Null: it may be tried.</summary>
    public DateTimeOffset? Until
    {
        get
        {
            lock (gate)
                return until > time.GetUtcNow() ? until : null;
        }
    }

    public void Answered()
    {
        lock (gate)
            times = 0;
    }

    /// <summary>Several tries that were under way at once count as one.</summary>
    public void DidNotAnswer()
    {
        lock (gate)
        {
            if (until > time.GetUtcNow())
                return;
            var rest = First * Math.Pow(2, Math.Min(times++, 20));
            until = time.GetUtcNow() + (rest < Longest ? rest : Longest);
        }
    }

    /// <summary>It asked for it.</summary>
    public void Asked(TimeSpan wait)
    {
        lock (gate)
        {
            if (time.GetUtcNow() + wait > until)
                until = time.GetUtcNow() + wait;
        }
    }
}
