namespace ChatGovernance.Core.Grants;

/// <summary>When the holder is reminded of an end.</summary>
public static class Reminders
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>
    /// Grants of 48 hours or more: 24 hours and 1 hour before the end; shorter ones once, at the lesser of
    /// 1 hour and a quarter of the length. In order of time.
    /// </summary>
    public static IReadOnlyList<DateTimeOffset> For(DateTimeOffset since, DateTimeOffset endsAt)
    {
        var length = endsAt - since;
        if (length >= 2 * Day)
            return [endsAt - Day, endsAt - Hour];

        var quarter = length / 4;
        return [endsAt - (quarter < Hour ? quarter : Hour)];
    }

    /// <summary>The next one after <paramref name="now"/>; null when none is left.</summary>
    public static DateTimeOffset? Next(DateTimeOffset since, DateTimeOffset? endsAt, DateTimeOffset now) =>
        endsAt is { } end ? For(since, end).Where(at => at > now).Cast<DateTimeOffset?>().FirstOrDefault() : null;
}
