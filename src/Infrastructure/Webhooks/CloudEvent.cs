using System.Text.Json.Serialization;

namespace ChatGovernance.Infrastructure.Webhooks;

/// <summary>As it goes over the wire: attributes in lower case and in this order, all data as texts.</summary>
internal sealed record CloudEvent(
    [property: JsonPropertyName("specversion")] string SpecVersion,
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("subject")] string Subject,
    [property: JsonPropertyName("time")] string Time,
    [property: JsonPropertyName("datacontenttype")] string DataContentType,
    [property: JsonPropertyName("data")] IReadOnlyDictionary<string, string> Data);

[JsonSerializable(typeof(CloudEvent))]
internal sealed partial class CloudEventJson : JsonSerializerContext;
