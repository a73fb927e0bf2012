using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatGovernance.Infrastructure.Audit.Files;

/// <summary>
/// A line of an exported file: its beginning (<see cref="Format"/>), a row (<see cref="Payload"/>), or its end (<see cref="Head"/>).
/// docs/audit-format.md has it for people.
/// </summary>
internal sealed record AuditFileLine
{
    public const string FormatName = "chatgovernance-audit/1";

    private static readonly JsonSerializerOptions strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string? Format { get; init; }

    public DateTimeOffset? ExportedAt { get; init; }

    /// <summary>The number of the first row in the file.</summary>
    public string? First { get; init; }

    public AuditSelection? Selection { get; init; }

    /// <summary>Subjects of all requests that the person and the target of the selection have a part in.</summary>
    public IReadOnlyList<string>? Requests { get; init; }

    public JsonElement? Payload { get; init; }

    /// <summary>Lower-case hex.</summary>
    public string? PreviousHash { get; init; }

    /// <inheritdoc cref="PreviousHash"/>
    public string? Hash { get; init; }

    /// <summary>By field; null: erased. Not there at all: a row that was not asked for, and only links those that were.</summary>
    public IReadOnlyDictionary<string, FileText?>? Texts { get; init; }

    public FileHead? Head { get; init; }

    /// <summary>The beginning.</summary>
    public static AuditFileLine Begin(AuditSelection selection, IEnumerable<string> requests, long first, DateTimeOffset exportedAt) => new()
    {
        Format = FormatName,
        ExportedAt = exportedAt,
        First = FileValues.Number(first),
        Selection = selection,
        Requests = selection.NamesAnything ? [.. requests.Order(StringComparer.Ordinal)] : null,
    };

    /// <param name="isSelected">With its texts.</param>
    public static AuditFileLine Row(AuditLine line, bool isSelected) => new()
    {
        Payload = JsonSerializer.Deserialize<JsonElement>(line.Payload),
        PreviousHash = Convert.ToHexStringLower(line.PreviousHash),
        Hash = Convert.ToHexStringLower(line.Hash),
        Texts = isSelected ? line.Texts!.ToDictionary(text => text.Field, text => text is { Salt: null, Text: null } ? null : new FileText(text.Salt is null ? null : Convert.ToHexStringLower(text.Salt), text.Text)) : null,
    };

    public static AuditFileLine End(long number, byte[] hash) => new() { Head = new FileHead(FileValues.Number(number), Convert.ToHexStringLower(hash)) };

    /// <summary>Null: no line of ours.</summary>
    public static AuditFileLine? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditFileLine>(text, strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The row; null: it is none.</summary>
    public AuditLine? ToRow()
    {
        if (Payload is not { ValueKind: JsonValueKind.Object } raw || FileValues.Bytes(PreviousHash, AuditChain.HashLength) is not { } previous || FileValues.Bytes(Hash, AuditChain.HashLength) is not { } hash
            || AuditPayload.Read(raw.GetRawText()) is not { } payload || payload.Instant is not { } at || FileValues.Number(payload.Number) is not { } number)
            return null;
        var texts = Texts?.Select(text => new AuditText(text.Key, text.Value is null ? null : FileValues.Bytes(text.Value.Salt, AuditChain.SaltLength), text.Value?.Text)).ToList();
        return new AuditLine { Number = number, At = at, Kind = payload.Kind, Subject = payload.Subject, Payload = payload.Canonical(), PreviousHash = previous, Hash = hash, Texts = texts };
    }

    public override string ToString() => JsonSerializer.Serialize(this, strict);
}

/// <summary>One half alone is neither a text nor its erasure: somebody did that.</summary>
/// <param name="Salt">Lower-case hex.</param>
internal sealed record FileText(string? Salt = null, string? Text = null);

/// <param name="Hash">Lower-case hex.</param>
internal sealed record FileHead(string Number, string Hash);
