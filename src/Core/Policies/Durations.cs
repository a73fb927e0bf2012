using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace ChatGovernance.Core.Policies;

/// <summary>Lengths of time as people and attributes write them: <c>20s</c>, <c>30m</c>, <c>8h</c>, <c>30d</c>, <c>PT8H</c>, <c>00:30:00</c>.</summary>
public static partial class Durations
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    private static readonly string[] clocks = [@"h\:mm\:ss", @"d\.h\:mm\:ss"];

    /// <summary>Reads one; it must be whole seconds, at least one, and at most <see cref="Longest"/>.</summary>
    public static bool TryParse(string? text, out TimeSpan length)
    {
        length = default;
        try
        {
            var read = Read((text ?? "").Trim());
            if (read is null || read < TimeSpan.FromSeconds(1) || read > Longest || read.Value.Ticks % TimeSpan.TicksPerSecond != 0)
                return false;

            length = read.Value;
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>The shortest way to write it that <see cref="TryParse"/> reads back: <c>90m</c>, <c>8h</c>, <c>30d</c>.</summary>
    public static string Write(TimeSpan length) => length switch
    {
        _ when length.Ticks % TimeSpan.TicksPerDay == 0 => $"{(long)length.TotalDays}d",
        _ when length.Ticks % TimeSpan.TicksPerHour == 0 => $"{(long)length.TotalHours}h",
        _ when length.Ticks % TimeSpan.TicksPerMinute == 0 => $"{(long)length.TotalMinutes}m",
        _ => $"{(long)length.TotalSeconds}s",
    };

    private static TimeSpan? Read(string text)
    {
        if (Short().Match(text) is { Success: true } match)
        {
            var number = long.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture);
            return match.Groups["unit"].Value switch
            {
                "s" => TimeSpan.FromSeconds(number),
                "m" => TimeSpan.FromMinutes(number),
                "h" => TimeSpan.FromHours(number),
                _ => TimeSpan.FromDays(number),
            };
        }

        if (text.StartsWith('P'))
            return XmlConvert.ToTimeSpan(text);
        // TimeSpan.Parse would read 24:00:00 as 24 days.
        return Clock().IsMatch(text) ? TimeSpan.ParseExact(text, clocks, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"^(?<n>[0-9]{1,9})(?<unit>[smhd])$", RegexOptions.CultureInvariant)]
    private static partial Regex Short();

    [GeneratedRegex(@"^([0-9]{1,4}\.)?[0-9]{1,2}:[0-9]{2}:[0-9]{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();
}
