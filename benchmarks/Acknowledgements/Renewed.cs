using System.Security.Cryptography;
using System.Text;

namespace ChatGovernance.Benchmarks.Acknowledgements;

/// <summary>Text that is another one each time, in place: every <c>{ONCE}</c> in it becomes the same new word of 32 hexadecimal digits.</summary>
internal sealed class Renewed
{
    public const string Once = "{ONCE}";

    private const int Length = 32;

    private static readonly string placeholder = new('*', Length); // a character that no payload has otherwise

    private readonly byte[] text;
    private readonly int[] places;

    /// <param name="text">In UTF-8; what stands before its end is not encoded.</param>
    public Renewed(string text)
    {
        this.text = Encoding.UTF8.GetBytes(WithPlaceholder(text));
        places = [.. Positions(this.text, Encoding.UTF8.GetBytes(placeholder))];
    }

    /// <summary>Bytes of it in UTF-8.</summary>
    public static int LengthOf(string text) => Encoding.UTF8.GetByteCount(WithPlaceholder(text));

    /// <summary>The same memory each time.</summary>
    public Memory<byte> Next()
    {
        Span<byte> random = stackalloc byte[Length / 2];
        RandomNumberGenerator.Fill(random);
        Span<byte> once = stackalloc byte[Length];
        Convert.TryToHexStringLower(random, once, out _);
        foreach (var at in places)
            once.CopyTo(text.AsSpan(at));
        return text;
    }

    private static string WithPlaceholder(string text) => text.Replace(Once, placeholder, StringComparison.Ordinal);

    private static IEnumerable<int> Positions(byte[] text, byte[] part)
    {
        for (var at = 0; text.AsSpan(at).IndexOf(part) is >= 0 and var next; at += next + part.Length)
            yield return at + next;
    }
}
