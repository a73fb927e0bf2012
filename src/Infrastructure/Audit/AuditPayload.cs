using System.Globalization;
using System.Text.Json;

namespace ChatGovernance.Infrastructure.Audit;

/// <summary>A payload read back.</summary>
internal sealed record AuditPayload(string Number, string At, string Kind, string Subject, IReadOnlyDictionary<string, string> Facts, IReadOnlyDictionary<string, string> Personal)
{
    private static readonly JsonSerializerOptions strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Null: <see cref="At"/> is none.</summary>
    public DateTimeOffset? Instant =>
        DateTimeOffset.TryParseExact(At, AuditChain.InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    /// <summary>Null: not what <see cref="AuditChain.Payload"/> writes.</summary>
    public static AuditPayload? Read(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditPayload>(payload, strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>As <see cref="AuditChain.Payload"/> writes it.</summary>
    public string Canonical() => CanonicalJson.Object(
    [
        new("number", CanonicalJson.Text(Number)),
        new("at", CanonicalJson.Text(At)),
        new("kind", CanonicalJson.Text(Kind)),
        new("subject", CanonicalJson.Text(Subject)),
        new("facts", CanonicalJson.Texts(Facts)),
        new("personal", CanonicalJson.Texts(Personal)),
    ]);

    /// <summary>The first column that says something else; null: none does.</summary>
    public string? Differs(AuditLine line)
    {
        if (line.Number.ToString(CultureInfo.InvariantCulture) != Number)
            return "number";
        if (AuditChain.Instant(line.At) != At || AuditChain.WholeMilliseconds(line.At) != line.At)
            return "at";
        if (line.Kind != Kind)
            return "kind";
        return line.Subject != Subject ? "subject" : null;
    }
}
