using System.Buffers.Text;
using System.Text;

namespace ChatGovernance.Bot.Api;

/// <summary>Where a page ended, opaque to callers. It holds a place and no right: who may see what is asked on each page.</summary>
internal static class Cursors
{
    /// <summary>The longest place is the path of a group, deep down.</summary>
    public const int Longest = 4096;

    public static string Write(string position) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(position));

    /// <summary>Null: none of ours.</summary>
    public static string? Read(string cursor)
    {
        if (cursor.Length is 0 or > Longest || !Base64Url.IsValid(cursor))
            return null;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
