using System.Text.Json;
using System.Text.Json.Serialization;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.Infrastructure.Scheduling;

/// <summary>The catalog as it lies in the database between two starts.</summary>
internal static class CatalogJson
{
    public static byte[] Write(Catalog catalog) =>
        JsonSerializer.SerializeToUtf8Bytes(new CatalogDocument(catalog.TakenAt, catalog.Entries, catalog.Unusable), CatalogJsonContext.Default.CatalogDocument);

    /// <summary>Null: written by a version that wrote it otherwise; it is read from the directory again.</summary>
    public static Catalog? Read(byte[] snapshot)
    {
        try
        {
            return JsonSerializer.Deserialize(snapshot, CatalogJsonContext.Default.CatalogDocument) is { Entries: { } entries, Unusable: { } unusable } read
                ? new Catalog(read.TakenAt, entries, unusable)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record CatalogDocument(DateTimeOffset TakenAt, IReadOnlyList<CatalogEntry> Entries, IReadOnlyList<UnusableTarget> Unusable);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(CatalogDocument))]
internal sealed partial class CatalogJsonContext : JsonSerializerContext;
