using System.Text;

namespace ChatGovernance.Core;

/// <summary>What people wrote, made fit to store, to hash and to show.</summary>
public static class Text
{
    /// <summary>
    /// Valid Unicode (lone surrogates replaced), line ends as \n, a tab as a space, other control characters
    /// and bidirectional overrides removed, trimmed. Not normalized: what is stored does not depend on the host's ICU.
    /// </summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            // U+2028 and U+2029 end a line and a paragraph.
            if (rune.Value is '\n' or '\r' or 0x2028 or 0x2029)
                kept.Append('\n');
            else if (rune.Value == '\t')
                kept.Append(' ');
            else if (!Rune.IsControl(rune) && !IsBidirectionalControl(rune))
                kept.Append(rune);
        }

        return kept.ToString().Trim();
    }

    /// <summary>At most <paramref name="max"/> UTF-16 units (one or more), whole characters, an ellipsis where something is missing.</summary>
    public static string Cut(string text, int max)
    {
        if (text.Length <= max)
            return text;

        var end = 0;
        var elements = System.Globalization.StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            var next = elements.ElementIndex + elements.GetTextElement().Length;
            if (next > max - 1)
                break;
            end = next;
        }

        return text[..end] + "…";
    }

    // U+202A..U+202E and U+2066..U+2069 reorder what people read (Unicode Standard Annex #9).
    private static bool IsBidirectionalControl(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
