using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Realm;

/// <summary>One call as an endpoint sees it; the realm's lock is held.</summary>
internal sealed class RealmCall(RealmState realm, RealmCaller caller, RouteValueDictionary path, IQueryCollection query, string body, TimeProvider time)
{
    public RealmState Realm => realm;

    public RealmCaller Caller => caller;

    public DateTimeOffset Now => time.GetUtcNow();

    public bool HasBody => body.Length > 0;

    public string Part(string name) => (string)path[name]!;

    public string? Text(string name) => query.TryGetValue(name, out var values) ? values[^1] : null;

    public IReadOnlyList<string> Texts(string name) => query.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : [];

    public bool Flag(string name, bool absent = false) => Text(name) is { } text
        ? text.Equals("true", StringComparison.OrdinalIgnoreCase)
        : absent;

    /// <summary>A number that cannot be read is, to Keycloak, a path that does not exist.</summary>
    public int? Number(string name) => Text(name) switch
    {
        null or "" => null,
        { } text when int.TryParse(text, out int number) => number,
        _ => throw RealmRefusal.NotFound("HTTP 404 Not Found"),
    };

    /// <summary>Cuts a page; negative numbers mean none given.</summary>
    public IEnumerable<T> Page<T>(IEnumerable<T> rows, int? usual = null)
    {
        int? max = Number("max") ?? usual;
        var rest = rows.Skip(Math.Max(Number("first") ?? 0, 0));
        return max is { } count and >= 0 ? rest.Take(count) : rest;
    }

    public JsonObject Body() => Parsed() as JsonObject ?? throw RealmRefusal.BadJson();

    /// <summary>The rows of a list; null without a body, and for <c>null</c>.</summary>
    public IReadOnlyList<JsonObject>? Rows() => (HasBody ? Parsed() : null) switch
    {
        null => null,
        JsonArray rows => [.. rows.Select(r => r as JsonObject ?? throw (r is null ? RealmRefusal.Unknown() : RealmRefusal.BadJson()))],
        _ => throw RealmRefusal.BadJson(),
    };

    public void Record(string operation, string resource, string path, JsonNode? representation, IReadOnlyDictionary<string, string>? details = null)
    {
        if (!realm.AdminEventsEnabled)
            return;
        realm.Events.Add(new RealmEvent
        {
            Id = RealmState.NewId(),
            At = Now,
            ByRealm = caller.RealmId,
            ByClient = caller.Client,
            ByUser = caller.User,
            Operation = operation,
            Resource = resource,
            Path = path,
            Representation = realm.AdminEventsDetailsEnabled ? representation?.ToJsonString(RealmRepresentations.Plain) : null,
            Details = details,
        });
    }

    private JsonNode? Parsed()
    {
        try
        {
            return HasBody ? JsonNode.Parse(body) : throw RealmRefusal.Unknown();
        }
        catch (JsonException)
        {
            throw RealmRefusal.BadJson();
        }
    }
}
