using System.Collections.Concurrent;
using ChatGovernance.Core.Directory;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>
/// Everything that roles bring, through composites of composites. One instance remembers for one reading, so that a role
/// which many groups map is followed once.
/// </summary>
internal sealed class RoleClosure(KeycloakClient client, ClientNames names)
{
    /// <summary>Master's own; elsewhere a role of this name is refused too: nobody could tell the two apart.</summary>
    private const string AdminRole = "admin";

    private readonly ConcurrentDictionary<string, Task<List<RoleRow>>> composites = new(StringComparer.Ordinal);

    /// <summary>Effective roles by the names people read, and whether one of them administers a realm.</summary>
    public async Task<Privileges> Of(IEnumerable<RoleRow> roles, CancellationToken ct)
    {
        var all = await Follow(roles, ct);
        var administrative = false;
        var shown = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var role in all)
        {
            var owner = role.ClientRole ? await names.Of(role.ContainerId, ct) : null;
            administrative |= owner is null ? role is { ClientRole: false, Name: AdminRole } : ClientNames.Administers(owner);
            // A client that we may not see could be one that administers: what cannot be known is not offered.
            if (role.ClientRole && owner is null)
                throw new KeycloakException(KeycloakFailure.Forbidden, 403);
            shown.Add(owner is null ? role.Name : $"{owner}/{role.Name}");
        }

        return new Privileges([.. shown], administrative);
    }

    /// <summary>The roles themselves and all that they are composed of, each once; a cycle ends by itself.</summary>
    public async Task<IReadOnlyCollection<RoleRow>> Follow(IEnumerable<RoleRow> roles, CancellationToken ct)
    {
        var seen = new Dictionary<string, RoleRow>(StringComparer.Ordinal);
        var open = new Stack<RoleRow>(roles);
        while (open.TryPop(out var role))
        {
            if (!seen.TryAdd(role.Id, role) || !role.Composite)
                continue;
            foreach (var part in await composites.GetOrAdd(role.Id, id => client.Api.Composites(id, ct)))
                open.Push(part);
        }

        return seen.Values;
    }
}
