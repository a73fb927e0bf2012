using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Realm;

/// <summary>One realm in memory. Whoever reads or writes holds <see cref="Gate"/>.</summary>
internal sealed class RealmState
{
    public const string AdministrationClient = "realm-management";

    public Lock Gate { get; } = new();

    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? DisplayName { get; set; }

    /// <summary>Seconds.</summary>
    public int AccessTokenLifespan { get; set; } = 300;

    public bool AdminEventsEnabled { get; set; }

    public bool AdminEventsDetailsEnabled { get; set; }

    public JsonObject UserProfile { get; set; } = [];

    public Dictionary<string, RealmGroup> Groups { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, RealmRole> Roles { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, RealmClient> Clients { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, RealmUser> Users { get; } = new(StringComparer.Ordinal);

    /// <summary>Oldest first.</summary>
    public List<RealmEvent> Events { get; } = [];

    public static string NewId() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString();

    public RealmClient? Client(string clientId) => Clients.Values.FirstOrDefault(c => c.ClientId == clientId);

    public RealmRole? Role(string? client, string name) => Roles.Values.FirstOrDefault(r => r.Client == client && r.Name == name);

    public RealmUser? User(string username) =>
        Users.Values.FirstOrDefault(u => string.Equals(u.Username, username, StringComparison.OrdinalIgnoreCase));

    public IEnumerable<RealmGroup> Children(string? parent) =>
        Groups.Values.Where(g => g.ParentId == parent).OrderBy(g => g.Name, StringComparer.Ordinal);

    public string Path(RealmGroup group) =>
        group.ParentId is { } parent ? $"{Path(Groups[parent])}/{group.Name}" : $"/{group.Name}";

    /// <summary>The group of this path; a name that holds a slash is not found, as in Keycloak.</summary>
    public RealmGroup? GroupAt(string path)
    {
        RealmGroup? at = null;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = Children(at?.Id).FirstOrDefault(g => g.Name == name);
            if (at is null)
                return null;
        }

        return at;
    }

    /// <summary>The group, its parent, and so on.</summary>
    public IEnumerable<RealmGroup> Chain(RealmGroup group)
    {
        for (RealmGroup? at = group; at is not null; at = at.ParentId is { } parent ? Groups[parent] : null)
            yield return at;
    }

    public HashSet<string> Closure(IEnumerable<string> roles)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(roles);
        while (open.TryPop(out string? id))
        {
            if (found.Add(id))
            {
                foreach (string child in Roles[id].Composites)
                    open.Push(child);
            }
        }

        return found;
    }

    /// <summary>Direct, by groups and their parents, by composites.</summary>
    public HashSet<string> EffectiveRoles(RealmUser user) =>
        Closure(user.Roles.Concat(user.Groups.SelectMany(g => Chain(Groups[g])).SelectMany(g => g.Roles)));

    public bool IsAdministrative(string role) =>
        Roles[role].Client is { } client && Clients[client].ClientId == AdministrationClient;

    public void RemoveGroup(RealmGroup group)
    {
        foreach (var child in Children(group.Id).ToList())
            RemoveGroup(child);
        foreach (var user in Users.Values)
            user.Groups.Remove(group.Id);
        Groups.Remove(group.Id);
    }

    public void RemoveRole(RealmRole role)
    {
        foreach (var user in Users.Values)
            user.Roles.Remove(role.Id);
        foreach (var group in Groups.Values)
            group.Roles.Remove(role.Id);
        foreach (var other in Roles.Values)
            other.Composites.Remove(role.Id);
        Roles.Remove(role.Id);
    }
}
