using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatGovernance.Bot.Api.Models;
using ChatGovernance.Bot.Hosting;
using ChatGovernance.Core.People;

namespace ChatGovernance.Bot.Api;

/// <summary>A call that is to change something.</summary>
/// <param name="Key">The caller's Idempotency-Key, with the caller; null: none was sent.</param>
/// <param name="Digest">Of method, path and body.</param>
/// <param name="IfMatch">The version that the caller has read; null: whichever there is.</param>
/// <param name="Body">Empty: none.</param>
internal sealed record Call(Caller By, string? Key, byte[] Digest, long? IfMatch, byte[] Body, DateTimeOffset ReceivedAt)
{
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>64 KiB: some twenty targets for twenty people, with a reason of 1,000 characters, are a tenth of it.</summary>
    public const int BodyLimit = 64 * 1024;

    private const int LongestKey = 255;

    /// <returns>One of the two.</returns>
    public static async Task<(Call? Call, Answer? Refused)> Read(HttpRequest request, Caller by, DateTimeOffset receivedAt, CancellationToken ct)
    {
        if (await RequestBody.Read(request, BodyLimit, ct) is not { } body)
            return (null, Problems.TooLarge(BodyLimit));
        if (body.Length > 0 && !request.HasJsonContentType())
            return (null, Problems.NotJson());

        var keys = request.Headers[KeyHeader];
        if (keys.Count > 1 || (keys.Count == 1 && (keys[0] is not { Length: > 0 and <= LongestKey } text || !text.All(c => c is >= ' ' and <= '~'))))
            return (null, Problems.Invalid(new ProblemField(KeyHeader, $"{KeyHeader} must be one of 1 to {LongestKey} printable ASCII characters.")));
        if (!ETags.TryRead(request.Headers.IfMatch, out var version))
            return (null, Problems.Invalid(new ProblemField("If-Match", "If-Match must hold one ETag as it was given, or *.")));

        var called = SHA256.HashData([.. Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"), .. body]);
        return (new Call(by, keys.Count == 0 ? null : $"api:{by.Person.Id}:{keys[0]}", called, version, body, receivedAt), null);
    }

    /// <returns>One of the two.</returns>
    public (T? Body, Answer? Refused) As<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type) is { } read ? (read, null) : (null, Unreadable(""));
        }
        catch (JsonException e)
        {
            return (null, Unreadable(e.Path ?? ""));
        }
    }

    /// <summary>Null: what has no body has none, or an empty object.</summary>
    public Answer? Nothing() => Body.Length == 0 || Body.AsSpan().SequenceEqual("{}"u8) ? null : Problems.Invalid(new ProblemField("", "This call has no body."));

    /// <param name="path">As the reader has it: <c>$.targets[0].resourceId</c>.</param>
    private static Answer Unreadable(string path)
    {
        var pointer = path.TrimStart('$').Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '/');
        return Problems.Invalid(new ProblemField(pointer, pointer.Length == 0
            ? "The body must be one JSON object with every member that is required, each once."
            : $"{pointer} is not known here, is there twice, or its value is of the wrong kind."));
    }
}
