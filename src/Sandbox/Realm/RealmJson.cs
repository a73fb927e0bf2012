using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Realm;

/// <summary>Reads bodies and files as Keycloak does; another type than expected is a <see cref="JsonException"/>.</summary>
internal static class RealmJson
{
    public static string? Text(this JsonObject row, string name) => row[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonValue value when value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        _ => throw new JsonException($"{name} is not text"),
    };

    public static bool Flag(this JsonObject row, string name, bool absent = false) => row[name] switch
    {
        null => absent,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        _ => throw new JsonException($"{name} is neither true nor false"),
    };

    public static IEnumerable<JsonObject> Rows(this JsonObject row, string name) => row[name] switch
    {
        null => [],
        JsonArray rows => rows.Select(r => r as JsonObject ?? throw new JsonException($"{name} holds something else than objects")),
        _ => throw new JsonException($"{name} is not a list"),
    };

    public static IEnumerable<string> Texts(this JsonObject row, string name) => row[name] switch
    {
        null => [],
        JsonArray values => values.Select(v => v is JsonValue value && value.TryGetValue(out string? text) ? text : throw new JsonException($"{name} holds something else than text")),
        _ => throw new JsonException($"{name} is not a list"),
    };

    public static Dictionary<string, List<string>> Lists(this JsonObject row, string name) => row[name] switch
    {
        null => new(StringComparer.Ordinal),
        JsonObject lists => lists.ToDictionary(p => p.Key, p => lists.Texts(p.Key).ToList(), StringComparer.Ordinal),
        _ => throw new JsonException($"{name} is not an object"),
    };

    public static JsonArray Array(IEnumerable<JsonNode> rows) => [.. rows];

    public static JsonArray Array(IEnumerable<string> rows) => [.. rows.Select(r => JsonValue.Create(r))];

    public static JsonObject Object(IReadOnlyDictionary<string, List<string>> lists) =>
        new(lists.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Array(p.Value))));
}
