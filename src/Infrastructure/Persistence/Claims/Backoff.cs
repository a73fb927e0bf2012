using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Persistence.Claims;

/// <summary>How long a row that failed waits, and how often it is tried.</summary>
public static class Backoff
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Doubled from one second, at most <see cref="Longest"/>; up to a quarter less, so that rows that failed together come back apart.</summary>
    /// <param name="failures">In a row, one or more.</param>
    /// <param name="jitter">From 0 (the whole wait) to 1.</param>
    public static TimeSpan After(int failures, double jitter)
    {
        var seconds = Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Clamp(failures, 1, 20) - 1));
        return TimeSpan.FromSeconds(seconds * (1 - (0.25 * jitter)));
    }

    /// <summary>Null: for ever. A delivery holds up those about the same subject, so it gives way soon (15 s).</summary>
    public static int? TriesOf(WorkKind kind) => kind switch
    {
        WorkKind.Inbox => 5,
        WorkKind.Card or WorkKind.Note or WorkKind.Webhook => 8,
        _ => null,
    };
}
