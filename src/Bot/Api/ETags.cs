using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace ChatGovernance.Bot.Api;

/// <summary>Versions as ETags: <c>"7"</c>.</summary>
internal static class ETags
{
    public static string Write(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <param name="version">Null: none is asked for.</param>
    public static bool TryRead(StringValues header, out long? version)
    {
        version = null;
        if (header.Count == 0 || header is ["*"])
            return true;
        if (header is not [{ Length: > 2 and <= 21 } text] || text[0] != '"' || text[^1] != '"' || !long.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var read))
            return false;
        version = read;
        return true;
    }

    /// <summary>Whether a caller has this version already (RFC 9110, 13.1.2).</summary>
    public static bool IsKnown(HttpRequest request, long version) => request.Headers.IfNoneMatch is [{ } known] && known.Split(',').Any(tag => tag.Trim() == Write(version));
}
