using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ChatGovernance.Bot.Slack.Rendering;

/// <summary>
/// Texts for Slack. It stores <c>&amp; &lt; &gt;</c> as entities, and counts them so
/// (https://docs.slack.dev/messaging/formatting-message-text#escaping).
/// </summary>
internal static partial class SlackText
{
    private const string Nothing = "–";
    private const char More = '…';

    /// <summary>A <c>plain_text</c>, never empty, cut to <paramref name="max"/>. Slack escapes it by itself; what looks like an entity already would be shown as the character, so its ampersand is escaped here.</summary>
    public static PlainText Plain(string text, int max) => new(Entity().Replace(Cut(OrNothing(text), max), "&amp;"));

    /// <summary>One line of <c>plain_text</c>.</summary>
    public static PlainText Line(string text, int max) => Plain(text.ReplaceLineEndings(" "), max);

    /// <summary>Text that is read as markup, with nothing in it that Slack would act on: no mention, no link.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Units that it takes once escaped.</summary>
    public static int Measure(string text) => text.Sum(Weight);

    /// <summary>Whole characters of the beginning, at most <paramref name="max"/> once escaped, with an ellipsis where something is missing.</summary>
    public static string Cut(string text, int max)
    {
        if (Measure(text) <= max)
            return text;

        var kept = new StringBuilder();
        var left = max - 1;
        var characters = StringInfo.GetTextElementEnumerator(text);
        while (characters.MoveNext() && (left -= Measure(characters.GetTextElement())) >= 0)
            kept.Append(characters.GetTextElement());
        return kept.Append(More).ToString();
    }

    /// <summary>Like <see cref="Cut"/>, but keeps the end: of a path it is what tells.</summary>
    public static string CutFront(string text, int max)
    {
        if (Measure(text) <= max)
            return text;

        var starts = StringInfo.ParseCombiningCharacters(text);
        var from = text.Length;
        var left = max - 1;
        for (var i = starts.Length - 1; i >= 0 && (left -= Measure(text[starts[i]..from])) >= 0; i--)
            from = starts[i];
        return $"{More}{text[from..]}";
    }

    private static string OrNothing(string text) => string.IsNullOrWhiteSpace(text) ? Nothing : text;

    private static int Weight(char c) => c switch
    {
        '&' => "&amp;".Length,
        '<' or '>' => "&lt;".Length,
        _ => 1,
    };

    [GeneratedRegex("&(?=(?:amp|lt|gt);)")]
    private static partial Regex Entity();
}
