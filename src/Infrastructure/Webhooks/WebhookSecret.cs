using System.Text;

namespace ChatGovernance.Infrastructure.Webhooks;

/// <summary>What webhooks are signed with, as a setting: a text, or <c>whsec_</c> and Base64.</summary>
public static class WebhookSecret
{
    /// <summary>In bytes, as Standard Webhooks asks for.</summary>
    public const int Shortest = 24;

    private const string Prefix = "whsec_";

    /// <summary>The bytes of a text, or of what follows <c>whsec_</c> in Base64. Null: not Base64.</summary>
    public static byte[]? Read(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return Encoding.UTF8.GetBytes(text);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length) ? bytes[..length] : null;
    }

    /// <summary>Those that are set, in their order.</summary>
    public static IReadOnlyList<byte[]> ReadAll(params IReadOnlyList<string?> texts) =>
        [.. texts.Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => Read(text!.Trim())).OfType<byte[]>()];

    /// <summary>What is wrong with a secret, by the name of its setting; null: nothing, or it is not set.</summary>
    public static string? Problem(string key, string? secret) =>
        string.IsNullOrWhiteSpace(secret) ? null
        : Read(secret.Trim()) is not { } bytes ? $"{key} is not Base64 after whsec_"
        : bytes.Length < Shortest ? $"{key} is shorter than {Shortest} bytes: openssl rand -base64 32 makes one"
        : null;
}
