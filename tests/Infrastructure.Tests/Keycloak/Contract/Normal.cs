using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGovernance.Infrastructure.Tests.Keycloak.Contract;

/// <summary>Leaves of an answer what the client reads, with names for ids and an order where Keycloak promises none.</summary>
internal static class Normal
{
    private static readonly HashSet<string> Read =
    [
        "id", "name", "path", "parentId", "attributes", "realmRoles", "clientRoles", "realm", "accessTokenLifespan",
        "username", "enabled", "firstName", "lastName", "email", "emailVerified",
        "composite", "clientRole", "containerId", "clientId", "client", "realmMappings", "clientMappings", "mappings",
        "operationType", "resourceType", "resourcePath", "authDetails", "userId", "representation",
        "permissions", "view", "edit", "unmanagedAttributePolicy", "count",
        "error", "errorMessage", "error_description", "expires_in",
    ];

    /// <summary>Below these the keys are data.</summary>
    private static readonly HashSet<string> Keyed = ["attributes", "clientRoles", "clientMappings"];

    public static JsonNode? Body(string path, JsonNode? body, Func<string, string> named)
    {
        if (path.Split('?')[0] == "clients" && body is JsonArray clients)
            body = new JsonArray([.. clients.Select(c => new JsonObject { ["id"] = c!["id"]!.DeepClone(), ["clientId"] = c["clientId"]!.DeepClone() })]);
        if (path.Split('?')[0].Length == 0 && body is JsonObject realm)
        {
            realm.Remove("attributes");
            realm.Remove("enabled");
        }

        return Node(body, named, IsUnordered(path), data: false);
    }

    /// <summary>Mappings, composites, groups of one name, and roles without a page come in any order.</summary>
    private static bool IsUnordered(string path) =>
        path.Contains("role-mappings", StringComparison.Ordinal) || path.EndsWith("/composites", StringComparison.Ordinal)
        || path.StartsWith("groups?exact=true", StringComparison.Ordinal)
        || (path.Contains("roles?", StringComparison.Ordinal) && !(path.Contains("first=", StringComparison.Ordinal) && path.Contains("max=", StringComparison.Ordinal)));

    private static JsonNode? Node(JsonNode? node, Func<string, string> named, bool sorted, bool data) => node switch
    {
        JsonObject row => new JsonObject(row
            .Where(p => data || Read.Contains(p.Key))
            .OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => KeyValuePair.Create(named(p.Key), Value(p.Key, p.Value, named, sorted)))),
        JsonArray rows when sorted || data => new JsonArray([.. rows.Select(r => Node(r, named, sorted, data)).OrderBy(r => r?.ToJsonString(), StringComparer.Ordinal)]),
        JsonArray rows => new JsonArray([.. rows.Select(r => Node(r, named, sorted, data))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => named(value.GetValue<string>()),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Value(string key, JsonNode? value, Func<string, string> named, bool sorted) => key switch
    {
        "representation" => Node(JsonNode.Parse((string)value!), named, sorted: true, data: false),
        // Told in whole seconds, of which one may have begun since the token was made: one less is the same, nothing else is.
        "expires_in" => (int)value! % 60 == 59 ? (int)value! + 1 : value!.DeepClone(),
        "realmRoles" => Node(value, named, sorted: true, data: false),
        // A user profile's `attributes` are rows, a role's or group's are data.
        _ => Node(value, named, sorted, data: Keyed.Contains(key) && value is JsonObject && key != "clientMappings"),
    };
}
