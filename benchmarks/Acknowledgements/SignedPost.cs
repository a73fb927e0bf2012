using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatGovernance.Benchmarks.Acknowledgements;

/// <summary>A call as Slack makes it, made anew each time in place: another id, the time of now, a signature that fits.</summary>
internal sealed class SignedPost : IPost
{
    private readonly byte[] secret;
    private readonly Renewed request;
    private readonly byte[] signed;
    private readonly int bodyAt;
    private readonly int timestampAt;
    private readonly int signatureAt;

    private SignedPost(Uri server, string path, string secret, string body)
    {
        this.secret = Encoding.UTF8.GetBytes(secret);
        var head = string.Create(CultureInfo.InvariantCulture, $"""
            POST {path} HTTP/1.1
            Host: {server.Authority}
            User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)
            Accept: */*
            Content-Type: application/x-www-form-urlencoded
            Content-Length: {Renewed.LengthOf(body)}
            X-Slack-Request-Timestamp: {new string('t', 10)}
            X-Slack-Signature: v0={new string('s', 64)}


            """).ReplaceLineEndings("\r\n");
        request = new Renewed(head + body);
        var bytes = request.Next().Span;
        bodyAt = Encoding.UTF8.GetByteCount(head);
        timestampAt = bytes.IndexOf("tttttttttt"u8);
        signatureAt = bytes.IndexOf("ssssssssss"u8);
        signed = [.. "v0:tttttttttt:"u8, .. bytes[bodyAt..]];
    }

    /// <summary>Half commands, half clicks.</summary>
    public static IReadOnlyList<SignedPost> Both(Uri server, string secret) => [Command(server, secret), Click(server, secret)];

    public static SignedPost Command(Uri server, string secret) => new(server, "/slack/commands", secret, Resource("command.txt").Trim());

    public static SignedPost Click(Uri server, string secret) => new(server, "/slack/interactions", secret, Payload(Resource("click.json")));

    /// <summary>Somebody types this into the field of targets.</summary>
    public static SignedPost Search(Uri server, string secret, string text) =>
        new(server, "/slack/options", secret, Payload(Resource("search.json").Replace("{TEXT}", text, StringComparison.Ordinal)));

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Next()
    {
        var next = request.Next();
        var bytes = next.Span;
        TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().TryFormat(bytes.Slice(timestampAt, 10), out _, provider: CultureInfo.InvariantCulture);

        bytes.Slice(timestampAt, 10).CopyTo(signed.AsSpan(3));
        bytes[bodyAt..].CopyTo(signed.AsSpan(14));
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, signed, hash);
        Convert.TryToHexStringLower(hash, bytes.Slice(signatureAt, 64), out _);
        return next;
    }

    private static string Payload(string json) =>
        "payload=" + Uri.EscapeDataString(JsonNode.Parse(json)!.ToJsonString()).Replace(Uri.EscapeDataString(Renewed.Once), Renewed.Once, StringComparison.Ordinal);

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
