using System.Net;
using System.Text;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>A body of type <c>application/x-www-form-urlencoded</c>.</summary>
internal static class FormBody
{
    /// <summary>Fields by name. Null: not such a body, or a field that is there twice.</summary>
    public static IReadOnlyDictionary<string, string>? Read(ReadOnlySpan<byte> body)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Encoding.UTF8.GetString(body).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !fields.TryAdd(WebUtility.UrlDecode(pair[..equals]), WebUtility.UrlDecode(pair[(equals + 1)..])))
                return null;
        }

        return fields.Count == 0 ? null : fields;
    }
}
