using System.Security.Cryptography;
using System.Text;

namespace ChatGovernance.Core.Logins;

/// <summary>The code that a page shows and a person types into chat: eight digits, <c>1234-5678</c> for people.</summary>
public static class LoginCode
{
    public const int Digits = 8;

    public static string Show(string code) => $"{code[..4]}-{code[4..]}";

    /// <summary>What somebody typed, with or without the dash; null: it is no code.</summary>
    public static string? Read(string text)
    {
        var digits = new string([.. text.Where(c => c is not ('-' or ' ' or '–'))]);
        return digits.Length == Digits && digits.All(char.IsAsciiDigit) ? digits : null;
    }

    /// <summary>What is stored. It hides the code from a glance, not from a search: the code is of use to one chat account alone.</summary>
    public static string Digest(LoginId login, string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"code {login} {code}")));

    public static bool Fits(string digest, LoginId login, string code) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(digest), Encoding.UTF8.GetBytes(Digest(login, code)));
}
