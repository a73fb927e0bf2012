using System.Text;

namespace ChatGovernance.Infrastructure.Audit;

/// <summary>
/// The JSON Canonicalization Scheme (RFC 8785) for objects whose values are strings or such objects: no white space,
/// members in the order of their names' UTF-16 code units, each character escaped in the one way that section 3.2.2.2 allows.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>An object whose values are canonical JSON already.</summary>
    public static string Object(IEnumerable<KeyValuePair<string, string>> members)
    {
        var json = new StringBuilder("{");
        foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            if (json.Length > 1)
                json.Append(',');
            AppendText(json, name);
            json.Append(':').Append(value);
        }

        return json.Append('}').ToString();
    }

    /// <summary>An object whose values are strings.</summary>
    public static string Texts(IEnumerable<KeyValuePair<string, string>> members) =>
        Object(members.Select(member => KeyValuePair.Create(member.Key, Text(member.Value))));

    public static string Text(string text)
    {
        var json = new StringBuilder(text.Length + 2);
        AppendText(json, text);
        return json.ToString();
    }

    private static void AppendText(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var unit in text)
        {
            _ = unit switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\t' => json.Append("\\t"),
                '\n' => json.Append("\\n"),
                '\f' => json.Append("\\f"),
                '\r' => json.Append("\\r"),
                < ' ' => json.Append("\\u00").Append(((int)unit).ToString("x2", System.Globalization.CultureInfo.InvariantCulture)),
                _ => json.Append(unit),
            };
        }

        json.Append('"');
    }
}
