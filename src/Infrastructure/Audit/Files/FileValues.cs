using System.Globalization;

namespace ChatGovernance.Infrastructure.Audit.Files;

/// <summary>Numbers and hashes as files have them.</summary>
internal static class FileValues
{
    /// <summary>Null: not so many bytes in lower-case hex.</summary>
    public static byte[]? Bytes(string? text, int length) =>
        text?.Length == 2 * length && text.All(char.IsAsciiHexDigitLower) ? Convert.FromHexString(text) : null;

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null: no number.</summary>
    public static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Number(number) == text ? number : null;
}
