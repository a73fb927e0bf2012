using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatGovernance.Benchmarks.Acknowledgements;

/// <summary>
/// A call as Slack makes it, as the bytes of an HTTP/1.1 request, made anew each time in place: another id, the time of now, a signature
/// that fits. Cheap, so that the one who measures does not hold up what it measures.
/// </summary>
internal sealed class SignedPost
{
    private const string Once = "{ONCE}";
    private const int OnceLength = 32;

    private readonly byte[] secret;
    private readonly byte[] request;
    private readonly byte[] signed;
    private readonly int bodyAt;
    private readonly int timestampAt;
    private readonly int signatureAt;
    private readonly int[] onceAt;

    private SignedPost(Uri server, string path, string secret, string template)
    {
        this.secret = Encoding.UTF8.GetBytes(secret);
        var placeholder = new string('*', OnceLength); // a character that no payload has otherwise
        var body = template.Replace(Once, placeholder, StringComparison.Ordinal);
        var head = string.Create(CultureInfo.InvariantCulture, $"""
            POST {path} HTTP/1.1
            Host: {server.Authority}
            User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)
            Accept: */*
            Content-Type: application/x-www-form-urlencoded
            Content-Length: {Encoding.UTF8.GetByteCount(body)}
            X-Slack-Request-Timestamp: {new string('t', 10)}
            X-Slack-Signature: v0={new string('s', 64)}


            """).ReplaceLineEndings("\r\n");
        request = Encoding.UTF8.GetBytes(head + body);
        bodyAt = Encoding.UTF8.GetByteCount(head);
        timestampAt = request.AsSpan().IndexOf("tttttttttt"u8);
        signatureAt = request.AsSpan().IndexOf("ssssssssss"u8);
        onceAt = [.. Positions(request, Encoding.UTF8.GetBytes(placeholder))];
        signed = [.. "v0:tttttttttt:"u8, .. request.AsSpan(bodyAt)];
    }

    public static SignedPost Command(Uri server, string secret) => new(server, "/slack/commands", secret, Resource("command.txt").Trim());

    public static SignedPost Click(Uri server, string secret) => new(server, "/slack/interactions", secret, Payload(Resource("click.json")));

    /// <summary>Somebody types this into the field of targets.</summary>
    public static SignedPost Search(Uri server, string secret, string text) =>
        new(server, "/slack/options", secret, Payload(Resource("search.json").Replace("{TEXT}", text, StringComparison.Ordinal)));

    /// <summary>The next one; valid until it is called again.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        Span<byte> random = stackalloc byte[OnceLength / 2];
        RandomNumberGenerator.Fill(random);
        Span<byte> once = stackalloc byte[OnceLength];
        Convert.TryToHexStringLower(random, once, out _);
        foreach (var at in onceAt)
            once.CopyTo(request.AsSpan(at));
        TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().TryFormat(request.AsSpan(timestampAt, 10), out _, provider: CultureInfo.InvariantCulture);

        request.AsSpan(timestampAt, 10).CopyTo(signed.AsSpan(3));
        request.AsSpan(bodyAt).CopyTo(signed.AsSpan(14));
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, signed, hash);
        Convert.TryToHexStringLower(hash, request.AsSpan(signatureAt, 64), out _);
        return request;
    }

    private static string Payload(string json) =>
        "payload=" + Uri.EscapeDataString(JsonNode.Parse(json)!.ToJsonString()).Replace(Uri.EscapeDataString(Once), Once, StringComparison.Ordinal);

    private static IEnumerable<int> Positions(byte[] text, byte[] part)
    {
        for (var at = 0; text.AsSpan(at).IndexOf(part) is >= 0 and var next; at += next + part.Length)
            yield return at + next;
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
