using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ChatGovernance.Core.Logins;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Login;

/// <summary>
/// Addresses of the pages: the login's id and a seal over it, whose key comes from the client's secret. All replicas have that key, and
/// the database does not: who reads every row can open no page, and who guesses an id cannot either.
/// </summary>
internal sealed class LoginAddresses(IOptions<LoginOptions> options) : ILoginAddresses
{
    private readonly Lazy<byte[]> key = new(() => HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.Value.ClientSecret!), "chat-governance login address"u8));

    public Uri? OfLink(LoginId login) => Of("link", login);

    public Uri? OfConfirmation(LoginId login) => Of("confirm", login);

    public string Token(LoginId login) => $"{login}{Base64Url.EncodeToString(Seal(login))}";

    /// <summary>Null: not made by us.</summary>
    public LoginId? Read(string? token)
    {
        const int IdLength = 32;
        if (token is not { Length: > IdLength and < 100 } || !LoginId.TryParse(token[..IdLength], out var login))
            return null;

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Token(login)), Encoding.UTF8.GetBytes(token)) ? login : null;
    }

    private Uri? Of(string page, LoginId login) => options.Value.IsOn ? new Uri($"{options.Value.PublicUrl}/{page}/{Token(login)}") : null;

    private byte[] Seal(LoginId login) => HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes(login.ToString()));
}
