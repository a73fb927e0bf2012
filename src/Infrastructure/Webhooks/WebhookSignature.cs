using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatGovernance.Infrastructure.Webhooks;

/// <summary>Signatures as Standard Webhooks 1.0 has them (https://github.com/standard-webhooks/standard-webhooks): HMAC-SHA256 over id, time of sending and body.</summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>How far the time of sending may be off, both ways.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const string Version = "v1,";

    /// <summary>Null: one of our secrets signed it, a short while ago. The compare takes the same time wherever the two differ.</summary>
    /// <param name="signatures">One or more, apart by blanks; those of versions that we do not know say nothing.</param>
    public static SignatureFault? Check(IReadOnlyList<byte[]> secrets, string id, string timestamp, string signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (id.Length == 0 || signatures.Length == 0 || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return SignatureFault.NotSigned;
        if (Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds) > (decimal)Window.TotalSeconds)
            return SignatureFault.OutsideWindow;

        var given = signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.UTF8.GetBytes).ToList();
        foreach (var secret in secrets)
        {
            var ours = Encoding.UTF8.GetBytes(Sign(secret, id, seconds, body));
            if (given.Exists(signature => CryptographicOperations.FixedTimeEquals(ours, signature)))
                return null;
        }

        return SignatureFault.Forged;
    }

    /// <summary>One signature by each secret, apart by blanks.</summary>
    public static string Sign(IReadOnlyList<byte[]> secrets, string id, long seconds, ReadOnlySpan<byte> body)
    {
        var signatures = new List<string>(secrets.Count);
        foreach (var secret in secrets)
            signatures.Add(Sign(secret, id, seconds, body));
        return string.Join(' ', signatures);
    }

    /// <summary><c>v1,</c> and the HMAC of <c>id.seconds.body</c> in Base64.</summary>
    public static string Sign(byte[] secret, string id, long seconds, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}.")));
        hash.AppendData(body);
        return Version + Convert.ToBase64String(hash.GetHashAndReset());
    }
}
