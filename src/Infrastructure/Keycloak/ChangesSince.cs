using System.Text.Json;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Reads stored admin events, oldest first, as whom and what they are about. One instance serves one reading.</summary>
internal sealed class ChangesSince(KeycloakClient client, ClientNames names, string self)
{
    /// <summary>So many events are read at once; what is left comes with the next reading.</summary>
    internal const int Most = 2000;

    private readonly Dictionary<string, string?> clients = new(StringComparer.Ordinal);

    public async Task<DirectoryEvents> Read(DateTimeOffset since, CancellationToken ct)
    {
        var events = new List<DirectoryEvent>();
        for (var first = 0; ; first += KeycloakClient.PageSize)
        {
            var page = await client.Api.AdminEventsSince(since.ToUnixTimeMilliseconds(), first, KeycloakClient.PageSize, ct);
            foreach (var row in page.Where(row => row.Error is null && !IsOwnGift(row)))
                events.AddRange(await About(row, ct));
            if (page.Count < KeycloakClient.PageSize)
                return new DirectoryEvents(events, null);
            if (first + page.Count >= Most)
                return new DirectoryEvents(events, At(page[^1]));
        }
    }

    /// <summary>What we gave was read back by whoever gave it; what we took away may have been taken late.</summary>
    private bool IsOwnGift(AdminEventRow row) =>
        row is { OperationType: "CREATE", ResourceType: "GROUP_MEMBERSHIP" or "REALM_ROLE_MAPPING" or "CLIENT_ROLE_MAPPING" } && row.AuthDetails?.UserId == self;

    private async Task<IReadOnlyList<DirectoryEvent>> About(AdminEventRow row, CancellationToken ct)
    {
        var at = At(row);
        return row.ResourcePath.Split('/') switch
        {
            // A password reset or a logout is an ACTION: what an account holds does not rest on those.
            ["users", var user, ..] when row.ResourceType == "USER" => row.OperationType is "UPDATE" or "DELETE" ? [new DirectoryEvent.OfPerson(new PersonId(user), at)] : [],
            ["users", var user, "groups", var group] => [new DirectoryEvent.OfHolding(new PersonId(user), new TargetId(TargetKind.Group, group), at)],
            ["users", var user, "role-mappings", ..] => OfMapping(new PersonId(user), row, at),
            ["groups", .. var rest] => OfGroup(rest, row, at),
            ["roles-by-id", var role, ..] => [new DirectoryEvent.OfTarget(new TargetId(KindOf(row), role), at)],
            ["roles", .. var name] => OfRole(TargetKind.RealmRole, IdsIn(row), [.. Named(name), .. NamesIn(row)], null, at),
            ["clients", var uuid, "roles", .. var name] => OfRole(TargetKind.ClientRole, IdsIn(row), [.. Named(name), .. NamesIn(row)], await ClientOf(uuid, ct), at),
            _ => [],
        };
    }

    private static List<DirectoryEvent> OfMapping(PersonId person, AdminEventRow row, DateTimeOffset at) => Ids(row) is { } roles
        ? [.. roles.Select(role => new DirectoryEvent.OfHolding(person, new TargetId(KindOf(row), role), at))]
        : [new DirectoryEvent.OfPerson(person, at)];

    /// <summary>A group that was moved is named by what was sent, its new parent by the path.</summary>
    private static List<DirectoryEvent> OfGroup(string[] path, AdminEventRow row, DateTimeOffset at)
    {
        string[] moved = row.ResourceType == "GROUP" ? IdsIn(row) : [];
        return [.. path.Take(1).Concat(moved).Distinct(StringComparer.Ordinal).Select(id => new DirectoryEvent.OfTarget(new TargetId(TargetKind.Group, id), at))];
    }

    /// <param name="names">Before the change and after it.</param>
    /// <param name="owner">The clientId; null: not known, or a realm role.</param>
    private static List<DirectoryEvent> OfRole(TargetKind kind, string[] ids, string[] names, string? owner, DateTimeOffset at) =>
    [
        .. ids.Select(id => new DirectoryEvent.OfTarget(new TargetId(kind, id), at)),
        .. kind == TargetKind.ClientRole && owner is null
            ? []
            : names.Distinct(StringComparer.Ordinal).Select(name => new DirectoryEvent.OfRoleCalled(kind, owner is null ? name : $"{owner}/{name}", at)),
    ];

    /// <summary>Paths are written decoded, and a role's name may end in what names a part of a role.</summary>
    private static IEnumerable<string> Named(string[] name) =>
        name is [.. var whole, "composites"] && whole.Length > 0 ? [string.Join('/', whole), string.Join('/', name)] : [string.Join('/', name)];

    /// <summary>Of the role itself: for composites, what was sent are its parts.</summary>
    private static string[] NamesIn(AdminEventRow row) => Itself(row, "name");

    private static string[] IdsIn(AdminEventRow row) => Itself(row, "id");

    private static string[] Itself(AdminEventRow row, string field)
    {
        using var sent = Sent(row);
        return sent?.RootElement is { ValueKind: JsonValueKind.Object } one && Text(one, field) is { } text ? [text] : [];
    }

    /// <summary>Ids of what was sent as a list; null where the event does not say.</summary>
    private static IReadOnlyList<string>? Ids(AdminEventRow row)
    {
        using var sent = Sent(row);
        if (sent?.RootElement is not { ValueKind: JsonValueKind.Array } rows)
            return null;
        var ids = rows.EnumerateArray().Select(role => role.ValueKind == JsonValueKind.Object ? Text(role, "id") : null).OfType<string>().ToList();
        return ids.Count == rows.GetArrayLength() ? ids : null;
    }

    private static string? Text(JsonElement row, string field) =>
        row.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Null: not stored, or not readable; the path still says something.</summary>
    private static JsonDocument? Sent(AdminEventRow row)
    {
        if (row.Representation is null)
            return null;
        try
        {
            return JsonDocument.Parse(row.Representation);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TargetKind KindOf(AdminEventRow row) => row.ResourceType.StartsWith("CLIENT", StringComparison.Ordinal) ? TargetKind.ClientRole : TargetKind.RealmRole;

    private static DateTimeOffset At(AdminEventRow row) => DateTimeOffset.FromUnixTimeMilliseconds(row.Time);

    private async Task<string?> ClientOf(string uuid, CancellationToken ct)
    {
        if (!clients.TryGetValue(uuid, out var name))
            clients[uuid] = name = await names.Of(uuid, ct);
        return name;
    }
}
