namespace ChatGovernance.Core.Chat;

/// <summary>What follows from an answer of the platform; the same for cards and notes.</summary>
internal static class SendPolicy
{
    /// <summary>After so many tries in vain a message that was refused is given up, and a thread that is missing is done without.</summary>
    public const int TriesWhenRejected = 3;

    /// <summary>How soon what waits for another message is looked at again.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan longest = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether a message is given up. The audit channel never is: what it should hold waits until somebody has mended it.
    /// </summary>
    public static bool GivesUp(Sent sent, Audience audience, int failures) => audience is not Audience.AuditChannel && sent switch
    {
        Sent.Unreachable => true,
        Sent.Rejected or Sent.Missing => failures + 1 >= TriesWhenRejected,
        _ => false,
    };

    /// <summary>Tries that brought nothing, this one with them. Being asked to wait is none: it says nothing about the message or its place.</summary>
    public static int Count(Sent sent, int failures) => sent is Sent.Later ? failures : failures + 1;

    public static string Code(Sent sent) => sent switch
    {
        Sent.Unreachable unreachable => unreachable.Code,
        Sent.Rejected rejected => rejected.Code,
        _ => sent.GetType().Name,
    };

    /// <summary>When it is tried again: as long as the platform asks, else soon at first and at most every five minutes.</summary>
    public static DateTimeOffset Again(Sent sent, int failures, DateTimeOffset now)
    {
        if (sent is Sent.Later later)
            return now + later.Wait;
        var wait = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures, 9)));
        return now + (wait < longest ? wait : longest);
    }
}
