using System.Text.RegularExpressions;

namespace ChatGovernance.Sandbox.Realm;

/// <summary>
/// Keycloak's <c>q</c>: <c>key:value</c> terms, either side quoted where it holds spaces. What cannot be parsed is passed over,
/// so that a query without any term filters nothing; of a key given twice the last counts.
/// </summary>
internal static partial class AttributeQuery
{
    public static IReadOnlyDictionary<string, string> Parse(string? q)
    {
        var terms = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in Term().Matches(q ?? ""))
            terms[Side(match, "key", "quotedKey")] = Side(match, "value", "quotedValue");
        return terms;
    }

    private static string Side(Match match, string plain, string quoted) => match.Groups[quoted] is { Success: true } text
        ? text.Value.Replace("\\\"", "\"", StringComparison.Ordinal)
        : match.Groups[plain].Value.TrimStart('"');

    [GeneratedRegex("""(?:"(?<quotedKey>(?:\\.|[^\\"])+)"|(?<key>[^: ]*)):(?:"(?<quotedValue>(?:\\.|[^\\"])+)"|(?<value>[^ ]*))""")]
    private static partial Regex Term();
}
