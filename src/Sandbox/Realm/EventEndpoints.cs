using System.Globalization;

namespace ChatGovernance.Sandbox.Realm;

internal static class EventEndpoints
{
    private static readonly HashSet<string> Operations = ["CREATE", "UPDATE", "DELETE", "ACTION"];

    /// <summary>Those of Keycloak's resource types that an administrator of people and access meets.</summary>
    private static readonly HashSet<string> Resources =
    [
        "REALM", "REALM_ROLE", "REALM_ROLE_MAPPING", "REALM_SCOPE_MAPPING", "USER", "USER_LOGIN_FAILURE", "USER_SESSION", "USER_PROFILE",
        "GROUP", "GROUP_MEMBERSHIP", "CLIENT", "CLIENT_ROLE", "CLIENT_ROLE_MAPPING", "CLIENT_SCOPE", "CLIENT_SCOPE_MAPPING",
        "PROTOCOL_MAPPER", "COMPONENT", "AUTHORIZATION_POLICY", "AUTHORIZATION_RESOURCE", "REQUIRED_ACTION", "IDENTITY_PROVIDER",
    ];

    public static void Map(RealmRoutes routes)
    {
        routes.Add("GET", "admin-events", List);
        routes.Add("PUT", "events/config", Configure);
        routes.Add("GET", "events", ListLogins);
    }

    /// <summary>Nobody logs in to an application here, and logins at the bot are kept as little as by a realm that does not save user events.</summary>
    private static RealmAnswer ListLogins(RealmCall call)
    {
        RealmCaller.Require(call.Caller.ViewsEvents);
        foreach (var (name, endOfDay) in (ReadOnlySpan<(string, bool)>)[("dateFrom", false), ("dateTo", true)])
        {
            if (call.Text(name) is { Length: > 0 } text)
                Instant(text, name, endOfDay);
        }

        return RealmAnswer.List([.. call.Page(Array.Empty<System.Text.Json.Nodes.JsonObject>(), usual: 100)]);
    }

    private static RealmAnswer Configure(RealmCall call)
    {
        RealmCaller.Require(call.Caller.May("manage-events"));
        var body = call.Body();
        call.Realm.AdminEventsEnabled = body.Flag("adminEventsEnabled", call.Realm.AdminEventsEnabled);
        call.Realm.AdminEventsDetailsEnabled = body.Flag("adminEventsDetailsEnabled", call.Realm.AdminEventsDetailsEnabled);
        return RealmAnswer.Done;
    }

    private static RealmAnswer List(RealmCall call)
    {
        RealmCaller.Require(call.Caller.ViewsEvents);
        var operations = Known(call.Texts("operationTypes"), Operations);
        var resources = Known(call.Texts("resourceTypes"), Resources);
        IEnumerable<RealmEvent> rows = call.Realm.Events;
        if (operations.Count > 0)
            rows = rows.Where(e => operations.Contains(e.Operation));
        if (resources.Count > 0)
            rows = rows.Where(e => resources.Contains(e.Resource));
        if (call.Text("resourcePath") is { Length: > 0 } path)
            rows = rows.Where(e => Matches(path, e.Path));
        if (call.Text("authClient") is { } client)
            rows = rows.Where(e => e.ByClient == client);
        if (call.Text("authUser") is { } user)
            rows = rows.Where(e => e.ByUser == user);
        if (call.Text("dateFrom") is { Length: > 0 } from)
            rows = rows.Where(e => e.At.ToUnixTimeMilliseconds() >= Instant(from, "dateFrom", endOfDay: false));
        if (call.Text("dateTo") is { Length: > 0 } to)
            rows = rows.Where(e => e.At.ToUnixTimeMilliseconds() <= Instant(to, "dateTo", endOfDay: true));
        rows = (call.Text("direction")?.ToLowerInvariant()) switch
        {
            null or "desc" => rows.Reverse(),
            "asc" => rows,
            _ => throw RealmRefusal.Bad("Invalid value for sortDirection, expected value is asc or desc"),
        };
        return RealmAnswer.List(call.Page(rows, usual: 100).Select(e => RealmRepresentations.Event(call.Realm, e)).ToList());
    }

    private static IReadOnlyList<string> Known(IReadOnlyList<string> asked, HashSet<string> known) =>
        asked.All(known.Contains) ? asked : throw RealmRefusal.Unknown();

    /// <summary><c>*</c> stands for any run of characters.</summary>
    private static bool Matches(string pattern, string path)
    {
        string[] parts = pattern.Split('*');
        if (parts.Length == 1)
            return pattern == path;
        if (!path.StartsWith(parts[0], StringComparison.Ordinal))
            return false;
        int at = parts[0].Length;
        foreach (string part in parts[1..^1])
        {
            int found = path.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0)
                return false;
            at = found + part.Length;
        }

        return path.Length - at >= parts[^1].Length && path.EndsWith(parts[^1], StringComparison.Ordinal);
    }

    private static long Instant(string text, string name, bool endOfDay)
    {
        if (long.TryParse(text.StartsWith('+') ? text[1..] : text, NumberStyles.None, CultureInfo.InvariantCulture, out long time))
            return time;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            throw RealmRefusal.Bad($"Invalid value for '{name}', expected format is yyyy-MM-dd or an Epoch timestamp");
        var at = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return (endOfDay ? at.AddDays(1).AddMilliseconds(-1) : at).ToUnixTimeMilliseconds();
    }
}
