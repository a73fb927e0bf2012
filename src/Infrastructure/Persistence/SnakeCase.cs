using System.Text;

namespace ChatGovernance.Infrastructure.Persistence;

/// <summary><c>LeasedUntil</c> as <c>leased_until</c>: names that SQL needs not quote.</summary>
internal static class SnakeCase
{
    public static string Of(string name)
    {
        var written = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && written.Length > 0)
                written.Append('_');
            written.Append(char.ToLowerInvariant(letter));
        }

        return written.ToString();
    }
}
