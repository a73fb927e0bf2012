using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatGovernance.Core.Audit;

namespace ChatGovernance.Infrastructure.Audit;

/// <summary>
/// The format of the chain, final from the first row: <c>hash = SHA-256(previous hash ‖ canonical JSON of the row)</c>.
/// </summary>
internal static class AuditChain
{
    public const int HashLength = 32;
    public const int SaltLength = 16;

    public const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>What the first row follows.</summary>
    public static readonly byte[] Genesis = new byte[HashLength];

    // Strict: a lone surrogate throws instead of being replaced.
    private static readonly UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The canonical JSON of a row. Members are strings, but for <c>facts</c> and <c>personal</c>, objects of strings.</summary>
    /// <param name="digests">For each personal field, what <see cref="Digest"/> gives.</param>
    public static string Payload(long number, AuditEntry entry, IReadOnlyDictionary<string, string> digests) =>
        new AuditPayload(number.ToString(CultureInfo.InvariantCulture), Instant(entry.At), entry.Kind, entry.Subject.Value, entry.Facts, digests).Canonical();

    /// <summary>Whole milliseconds, UTC: <c>2026-01-31T08:00:00.000Z</c>.</summary>
    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset WholeMilliseconds(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    public static byte[] Hash(byte[] previous, string payload) => SHA256.HashData([.. previous, .. utf8.GetBytes(payload)]);

    /// <summary>Lower-case hex of <c>SHA-256(salt ‖ UTF-8 text)</c>.</summary>
    public static string Digest(byte[] salt, string text) => Convert.ToHexStringLower(SHA256.HashData([.. salt, .. utf8.GetBytes(text)]));

    /// <summary>The first 12 hex digits: what people compare.</summary>
    public static string Short(byte[] hash) => Convert.ToHexStringLower(hash)[..12];

    /// <exception cref="ArgumentException">A text is not valid Unicode, or holds U+0000, which PostgreSQL cannot store.</exception>
    public static void Check(IReadOnlyList<AuditEntry> entries)
    {
        foreach (var entry in entries)
        {
            foreach (var text in (IEnumerable<string>)[entry.Kind, entry.Subject.Value, .. entry.Facts.Keys, .. entry.Facts.Values, .. entry.Personal.Keys, .. entry.Personal.Values])
            {
                if (text.Contains('\0', StringComparison.Ordinal) || !IsText(text))
                    throw new ArgumentException($"An audit entry of kind '{entry.Kind}' holds text that was not cleaned.", nameof(entries));
            }
        }
    }

    /// <summary>Valid Unicode: no surrogate stands alone.</summary>
    public static bool IsText(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
                continue;
            if (!char.IsHighSurrogate(text[index]) || index + 1 == text.Length || !char.IsLowSurrogate(text[++index]))
                return false;
        }

        return true;
    }
}
