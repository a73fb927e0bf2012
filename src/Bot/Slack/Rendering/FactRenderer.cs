using System.Globalization;
using ChatGovernance.Core.Chat;

namespace ChatGovernance.Bot.Slack.Rendering;

/// <summary>Facts side by side, long ones below each other, in their order.</summary>
internal static class FactRenderer
{
    // What is longer would be broken into a narrow column; a choice of taste, not a limit of Slack's.
    private const int SideBySide = 80;

    public static IEnumerable<Block> Render(IReadOnlyList<Fact> facts)
    {
        var row = new List<TextObject>();
        foreach (var fact in facts)
        {
            if (fact.Value is FactValue.Words { Text: var words } && (words.Length > SideBySide || words.Contains('\n', StringComparison.Ordinal)))
            {
                if (row.Count > 0)
                    yield return new Block.Section { Fields = [.. row] };
                row.Clear();
                yield return new Block.Section { Text = Text(fact, SlackLimits.Section) };
                continue;
            }

            row.Add(Text(fact, SlackLimits.Field));
            if (row.Count == SlackLimits.Fields)
            {
                yield return new Block.Section { Fields = [.. row] };
                row.Clear();
            }
        }

        if (row.Count > 0)
            yield return new Block.Section { Fields = [.. row] };
    }

    /// <summary>A fact in one line, for notifications.</summary>
    public static string Line(Fact fact) => fact.Value switch
    {
        FactValue.Words words => $"{fact.Label}: {words.Text}",
        FactValue.Instant instant => $"{fact.Label}: {Utc(instant.At)}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static TextObject Text(Fact fact, int max) => fact.Value switch
    {
        FactValue.Words words => SlackText.Plain($"{fact.Label}\n{(string.IsNullOrWhiteSpace(words.Text) ? "–" : words.Text)}", max),
        // https://docs.slack.dev/messaging/formatting-message-text#date-formatting: only markup shows the reader's own time
        FactValue.Instant instant => new Markup(
            $"{SlackText.Escape(fact.Label)}\n<!date^{instant.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}^{{date_short_pretty}} {{time}}|{Utc(instant.At)}>"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
