using System.Text.RegularExpressions;

namespace ChatGovernance.Sandbox.Slack.Blocks;

/// <summary>How Slack counts text: what it stores is escaped, so a lone <c>&amp;</c> takes five characters.</summary>
public static partial class SlackText
{
    /// <summary>Length of a <c>plain_text</c> as Slack stores it, in UTF-16 units.</summary>
    public static int PlainLength(string text) => Length(text, markup: false);

    /// <summary>Length of <c>mrkdwn</c>, whose <c>&lt;…&gt;</c> sequences are markup and stay as they are.</summary>
    public static int MarkupLength(string text) => Length(text, markup: true);

    /// <summary>Length after escaping; entities that are there already are not escaped twice.</summary>
    public static int Length(string text, bool markup)
    {
        int ampersands = LoneAmpersand().Count(text) * 4;
        int brackets = markup ? 0 : text.Count(c => c is '<' or '>') * 3;
        return text.Length + ampersands + brackets;
    }

    [GeneratedRegex("&(?!(amp|lt|gt);)")]
    private static partial Regex LoneAmpersand();
}
