using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Slack.WebApi;

/// <summary>Opaque marks for the next page (https://docs.slack.dev/apis/web-api/pagination).</summary>
internal static class Cursor
{
    public static JsonObject After(int next, int total) => new() { ["next_cursor"] = next < total ? Write(next) : "" };

    public static bool TryRead(string? cursor, out int from)
    {
        from = 0;
        if (cursor is null) return true;
        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64String(cursor, bytes, out int length)
            && Encoding.UTF8.GetString(bytes[..length]) is var text
            && text.StartsWith("from:", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(5), CultureInfo.InvariantCulture, out from)
            && from >= 0;
    }

    private static string Write(int from) => Convert.ToBase64String(Encoding.UTF8.GetBytes(FormattableString.Invariant($"from:{from}")));
}
