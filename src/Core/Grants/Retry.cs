namespace ChatGovernance.Core.Grants;

/// <summary>Tries that brought nothing so far.</summary>
/// <param name="Tries">One or more.</param>
/// <param name="Since">When the first of them was made.</param>
/// <param name="AlertedAt">When the security team was last told.</param>
public sealed record Retry(int Tries, DateTimeOffset NotBefore, Doubt Why, DateTimeOffset Since, DateTimeOffset? AlertedAt = null)
{
    /// <summary>A removal is never tried less often than this.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>A failure that lasts is told again after this.</summary>
    public static readonly TimeSpan AlertEvery = TimeSpan.FromHours(1);

    public static Retry After(Retry? before, Doubt why, DateTimeOffset now)
    {
        var tries = (before?.Tries ?? 0) + 1;
        var wait = TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(tries, 10) - 1)));
        return new Retry(tries, now + wait, why, before?.Since ?? now, before?.AlertedAt);
    }

    /// <summary>The first failure after this one is worth a word to the security team, then one every hour.</summary>
    public bool IsWorthAnAlert(DateTimeOffset now) => Tries >= 3 && (AlertedAt is null || now - AlertedAt >= AlertEvery);
}
