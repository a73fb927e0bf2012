using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatGovernance.Infrastructure.Audit;

/// <summary>What was told outside about the chain: the number of a row, and how its hash begins.</summary>
/// <param name="Number">0: the chain was empty.</param>
/// <param name="Hash">Lower-case hex, 12 to 64 digits.</param>
public sealed partial record AuditAnchor(long Number, string Hash)
{
    /// <summary>
    /// All that stand in a text: each is a number and, not far after it, at least the first 12 digits of a hash. So are the lines of the
    /// audit channel (<c>#120 1f0c…</c>), the daily anchor, and what webhooks and files are told.
    /// </summary>
    public static IReadOnlyList<AuditAnchor> Read(string text) =>
    [
        .. from found in Written().Matches(text)
           select new AuditAnchor(long.Parse(found.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), found.Groups["hash"].Value),
    ];

    internal bool Fits(byte[] hash) => Convert.ToHexStringLower(hash).StartsWith(Hash, StringComparison.Ordinal);

    [GeneratedRegex(@"(?<!\w)(?<number>[0-9]{1,18})(?!\w)[^0-9]{1,40}?(?<!\w)(?<hash>[0-9a-f]{12,64})(?!\w)")]
    private static partial Regex Written();
}
