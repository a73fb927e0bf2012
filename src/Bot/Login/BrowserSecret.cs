using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatGovernance.Core.Logins;

namespace ChatGovernance.Bot.Login;

/// <summary>
/// What one browser keeps in its cookie, and everything that is only its own comes from: state, nonce and verifier of the code flow,
/// and the code that is typed into chat. The database has its digest, so any replica can go on, and none can act for the browser.
/// </summary>
internal sealed class BrowserSecret
{
    private const int Length = 32;

    private readonly byte[] secret;

    private BrowserSecret(byte[] secret) => this.secret = secret;

    public static BrowserSecret New() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Null: there is none, or it is none of ours.</summary>
    public static BrowserSecret? Read(string? cookie)
    {
        if (cookie is not { Length: 43 } || !Base64Url.IsValid(cookie))
            return null;
        var secret = Base64Url.DecodeFromChars(cookie);
        return secret.Length == Length ? new BrowserSecret(secret) : null;
    }

    public string Cookie => Base64Url.EncodeToString(secret);

    /// <summary>What the database holds.</summary>
    public string Digest => Convert.ToHexStringLower(HMACSHA256.HashData(secret, "browser"u8));

    public string State(LoginId login) => $"{login}{Derive("state", login)}";

    public string Nonce(LoginId login) => Derive("nonce", login);

    public string Verifier(LoginId login) => Derive("verifier", login);

    /// <summary>PKCE's S256.</summary>
    public string Challenge(LoginId login) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier(login))));

    /// <summary>Eight digits.</summary>
    public string Code(LoginId login) =>
        (BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"code {login}"))) % 100_000_000).ToString("D8", CultureInfo.InvariantCulture);

    public bool IsStateOf(LoginId login, string state) => Same(State(login), state);

    public static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private string Derive(string what, LoginId login) => Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{what} {login}")));
}
