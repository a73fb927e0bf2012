using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGovernance.TestSupport.Webhooks;

/// <summary>One try of a sender, as it arrived.</summary>
public sealed record ReceivedWebhook(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public WebhookAnswer? Answer { get; init; }

    public string Id => Headers["webhook-id"];

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public string Type => (string)Event["type"]!;

    public string Subject => (string)Event["subject"]!;

    public JsonNode Data => Event["data"]!;

    private JsonNode Event => JsonNode.Parse(Body)!;

    /// <summary>
    /// As the specification has it, written down anew, so that the sender's code does not vouch for itself: a receiver with this secret believes it
    /// at this moment.
    /// </summary>
    public bool IsSignedWith(string secret, DateTimeOffset now)
    {
        var key = secret.StartsWith("whsec_", StringComparison.Ordinal) ? Convert.FromBase64String(secret["whsec_".Length..]) : Encoding.UTF8.GetBytes(secret);
        var signed = Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}.").Concat(Body).ToArray();
        return Headers["webhook-signature"].Split(' ').Contains("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)))
            && Math.Abs(long.Parse(Headers["webhook-timestamp"], CultureInfo.InvariantCulture) - now.ToUnixTimeSeconds()) <= 300;
    }
}
