using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatGovernance.TestSupport.Teams;

/// <summary>A key that tokens are signed with, and tokens of every kind.</summary>
public sealed class SigningKey(string id) : IDisposable
{
    private readonly RSA key = RSA.Create(2048);

    public string Id => id;

    /// <summary>As a key set tells it.</summary>
    public JsonObject Jwk(params IEnumerable<string> endorsements)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = id,
            ["n"] = WebEncoders.Base64UrlEncode(parameters.Modulus!),
            ["e"] = WebEncoders.Base64UrlEncode(parameters.Exponent!),
            ["endorsements"] = new JsonArray([.. endorsements.Select(channel => (JsonNode)channel)]),
        };
    }

    public string Sign(JsonObject claims, JsonObject? header = null) =>
        Join(header ?? new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = id }, claims, signed => key.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>Signed with nothing.</summary>
    public static string SignWithNothing(JsonObject claims) => Join(new JsonObject { ["alg"] = "none", ["typ"] = "JWT" }, claims, _ => []);

    /// <summary>Signed with the public key, as if it were a shared secret.</summary>
    public string SignSymmetrically(JsonObject claims) =>
        Join(new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT", ["kid"] = id }, claims, signed => HMACSHA256.HashData(key.ExportSubjectPublicKeyInfo(), signed));

    public void Dispose() => key.Dispose();

    private static string Join(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{WebEncoders.Base64UrlEncode(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(JsonObject part) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
