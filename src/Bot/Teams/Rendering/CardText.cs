using System.Globalization;
using System.Text.RegularExpressions;
using ChatGovernance.Core.Chat;

namespace ChatGovernance.Bot.Teams.Rendering;

/// <summary>
/// Texts for cards. What people wrote goes into runs, which know no markup: neither Markdown nor HTML nor mentions. A client would still
/// put a date in the place of <c>{{DATE(…)}}</c>, so a sign that nobody sees stands between its braces.
/// </summary>
/// <param name="max">Texts are cut to so many characters.</param>
internal sealed partial class CardText(int max)
{
    private const string Nothing = "–";

    // A paragraph each; what is beyond is joined to the last one.
    private const int Lines = 12;

    public string Plain(string text)
    {
        var shown = string.IsNullOrWhiteSpace(text) ? Nothing : text;
        return Function().Replace(Core.Text.Cut(shown, max), "{\u2060");
    }

    /// <summary>What the bot says itself. It names its command as people type it where a slash begins one, which here it does not.</summary>
    public static string Own(string text) => text.Replace("/request-access", "request access", StringComparison.Ordinal);

    /// <summary>One line, for buttons and choices.</summary>
    public string Line(string text, int most) => Core.Text.Cut(Plain(text.ReplaceLineEndings(" ")), most);

    /// <summary>A text, a paragraph for each of its lines.</summary>
    public IEnumerable<CardElement> Runs(string text, Func<TextRun, TextRun>? style = null) => Paragraphs(text).Select((line, index) => new CardElement.Runs([(style ?? Same)(new TextRun(line))])
    {
        Spacing = index == 0 ? null : "none",
    });

    /// <summary>A label and what stands beside it.</summary>
    public IEnumerable<CardElement> Fact(Fact fact)
    {
        if (fact.Value is FactValue.Instant instant)
            return [new CardElement.Markup($"**{Escape(Plain(fact.Label))}:** {Instant(instant.At)}") { Spacing = "small" }];
        var lines = Paragraphs(((FactValue.Words)fact.Value).Text).ToList();
        return
        [
            new CardElement.Runs([new TextRun($"{Plain(fact.Label)}: ") { Weight = "bolder" }, new TextRun(lines[0])]) { Spacing = "small" },
            .. lines.Skip(1).Select(line => new CardElement.Runs([new TextRun(line)]) { Spacing = "none" }),
        ];
    }

    /// <summary>In the reader's own time zone (https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features#datetime-formatting-and-localization).</summary>
    private static string Instant(DateTimeOffset at)
    {
        var utc = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $"{{{{DATE({utc},SHORT)}}}} {{{{TIME({utc})}}}}";
    }

    private static string Escape(string text) => Punctuation().Replace(text, @"\$0");

    private IEnumerable<string> Paragraphs(string text)
    {
        var lines = Plain(text).Split('\n');
        return lines.Length <= Lines ? lines.Select(Paragraph) : [.. lines.Take(Lines - 1).Select(Paragraph), string.Join(" / ", lines.Skip(Lines - 1))];
    }

    // A run of nothing would be no line.
    private static string Paragraph(string line) => line.Length == 0 ? "\u00A0" : line;

    private static TextRun Same(TextRun run) => run;

    [GeneratedRegex(@"\{(?=\{)")]
    private static partial Regex Function();

    [GeneratedRegex(@"[\\`*_{}\[\]()#+\-.!<>&|~]")]
    private static partial Regex Punctuation();
}
