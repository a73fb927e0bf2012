using System.Collections.Concurrent;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Reads targets with their ancestors and privileges. One instance serves one reading, and asks for nothing twice.</summary>
internal sealed class TargetReader(KeycloakClient client, RealmSight sight, ClientNames names)
{
    /// <summary>Keycloak answers this many calls in parallel without getting slower for each.</summary>
    private const int AtOnce = 8;

    /// <summary>
    /// Keycloak searches whole values only. Roles are read with any value; of groups, these are what people write for "true",
    /// so that a mark which cannot be read is reported rather than passed over.
    /// </summary>
    private static readonly string[] Marks = ["true", "True", "TRUE", "yes", "1", "on"];

    private readonly RoleClosure closure = new(client, names);
    private readonly ConcurrentDictionary<string, Task<GroupRow>> groups = new(StringComparer.Ordinal);

    /// <summary>Everything that carries the mark. Throws where a list cannot be read whole.</summary>
    public async Task<IReadOnlyList<TargetFacts>> ReadAll(CancellationToken ct)
    {
        var marked = new List<GroupRow>();
        foreach (string mark in Marks)
            marked.AddRange(await client.GroupsWith(Attributes.Requestable, mark, ct));
        if (marked.Count == 0)
            await sight.RequireGroups(ct);
        marked = [.. marked.DistinctBy(group => group.Id)];
        await sight.ManagementClient(ct);
        var realmRoles = await client.RealmRoles(ct);
        var clients = await client.Clients(ct);
        names.Learn(clients);

        var clientRoles = new ConcurrentDictionary<string, IReadOnlyList<RoleRow>>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(clients, Parallelism(ct), async (row, token) => clientRoles[row.ClientId] = await client.ClientRoles(row.Id, token));

        var facts = new ConcurrentBag<TargetFacts>();
        await Parallel.ForEachAsync(marked, Parallelism(ct), async (row, token) => facts.Add(await OfGroup(row, chain => Listed(chain, realmRoles, clientRoles), token)));
        var roles = realmRoles.Select(role => (Role: role, Owner: (string?)null))
            .Concat(clientRoles.SelectMany(pair => pair.Value.Select(role => (Role: role, Owner: (string?)pair.Key))))
            .Where(pair => pair.Role.Attributes?.ContainsKey(Attributes.Requestable) == true);
        await Parallel.ForEachAsync(roles, Parallelism(ct), async (pair, token) => facts.Add(await OfRole(pair.Role, pair.Owner, token)));
        return [.. facts];
    }

    /// <summary>One target, every call fresh. A 404 of the target itself is thrown; one of its ancestors makes them unreadable.</summary>
    public async Task<TargetFacts> Read(TargetId target, CancellationToken ct)
    {
        if (target.Kind == TargetKind.Group)
        {
            // Asked for beside the group and what is above it, and judged after them.
            var management = sight.ManagementClient(ct);
            return await OfGroup(await client.Api.Group(target.Id, ct), chain => Mapped(chain, management, ct), ct);
        }

        var role = await client.Api.Role(target.Id, ct);
        if (role.ClientRole != (target.Kind == TargetKind.ClientRole))
            throw new KeycloakException(KeycloakFailure.Unreadable, 200);
        await sight.ManagementClient(ct);
        var owner = role.ClientRole ? await names.Of(role.ContainerId, ct) ?? throw new KeycloakException(KeycloakFailure.Forbidden, 403) : null;
        return await OfRole(role, owner, ct);
    }

    private async Task<TargetFacts> OfGroup(GroupRow group, Func<IReadOnlyList<GroupRow>, Task<IReadOnlyList<RoleRow>?>> rolesOf, CancellationToken ct)
    {
        var chain = new List<GroupRow> { group };
        var readable = true;
        for (var parent = group.ParentId; parent is not null && readable;)
        {
            try
            {
                var row = await groups.GetOrAdd(parent, id => client.Api.Group(id, ct));
                chain.Add(row);
                parent = row.ParentId;
            }
            catch (KeycloakException e) when (e.Failure is KeycloakFailure.NotFound or KeycloakFailure.Forbidden)
            {
                readable = false;
            }
        }

        return new TargetFacts
        {
            Id = new TargetId(TargetKind.Group, group.Id),
            Name = group.Path ?? group.Name,
            Levels = [.. chain.Select(row => new AttributeLevel(row.Path ?? row.Name, row.Attributes ?? new Dictionary<string, IReadOnlyList<string>>()))],
            AncestorsReadable = readable,
            Privileges = readable ? await PrivilegesOf(() => rolesOf(chain), ct) : null,
        };
    }

    private async Task<TargetFacts> OfRole(RoleRow role, string? owner, CancellationToken ct)
    {
        var name = owner is null ? role.Name : $"{owner}/{role.Name}";
        return new TargetFacts
        {
            Id = new TargetId(role.ClientRole ? TargetKind.ClientRole : TargetKind.RealmRole, role.Id),
            Name = name,
            Levels = [new AttributeLevel(name, role.Attributes ?? new Dictionary<string, IReadOnlyList<string>>())],
            AncestorsReadable = true,
            Privileges = await PrivilegesOf(() => Task.FromResult<IReadOnlyList<RoleRow>?>([role]), ct),
        };
    }

    /// <summary>Null where they cannot be known; a server that is away is thrown.</summary>
    private async Task<Privileges?> PrivilegesOf(Func<Task<IReadOnlyList<RoleRow>?>> roles, CancellationToken ct)
    {
        try
        {
            return await roles() is { } read ? await closure.Of(read, ct) : null;
        }
        catch (KeycloakException e) when (e.Failure is KeycloakFailure.NotFound or KeycloakFailure.Forbidden)
        {
            return null;
        }
    }

    /// <summary>What the representations of a group and its ancestors name; null when one of the names is not among the roles that were listed.</summary>
    private static Task<IReadOnlyList<RoleRow>?> Listed(
        IReadOnlyList<GroupRow> chain, IReadOnlyList<RoleRow> realmRoles, IReadOnlyDictionary<string, IReadOnlyList<RoleRow>> clientRoles)
    {
        var roles = new List<RoleRow>();
        foreach (var group in chain)
        {
            if (group.RealmRoles is null || group.ClientRoles is null)
                return Task.FromResult<IReadOnlyList<RoleRow>?>(null);
            var named = group.RealmRoles.Select(name => realmRoles.FirstOrDefault(role => role.Name == name))
                .Concat(group.ClientRoles.SelectMany(owned => owned.Value.Select(name => clientRoles.GetValueOrDefault(owned.Key)?.FirstOrDefault(role => role.Name == name))));
            foreach (var role in named)
            {
                if (role is null)
                    return Task.FromResult<IReadOnlyList<RoleRow>?>(null);
                roles.Add(role);
            }
        }

        return Task.FromResult<IReadOnlyList<RoleRow>?>(roles);
    }

    /// <summary>
    /// What a group and its ancestors map, read now, and what the server itself counts as administrative
    /// (its client form leaves out what parents map, so each is asked).
    /// </summary>
    private async Task<IReadOnlyList<RoleRow>?> Mapped(IReadOnlyList<GroupRow> chain, Task<ClientRow> asked, CancellationToken ct)
    {
        var management = await asked;
        var mapped = await Task.WhenAll(chain.Select(async group =>
        {
            var (mapping, managing) = (client.Api.GroupMappings(group.Id, ct), client.Api.GroupClientRoles(group.Id, management.Id, ct));
            await Task.WhenAll(mapping, managing);
            var mappings = await mapping;
            return (mappings.RealmMappings ?? [])
                .Concat(mappings.ClientMappings?.Values.SelectMany(owned => owned.Mappings) ?? [])
                .Concat(await managing);
        }));
        return [.. mapped.SelectMany(roles => roles)];
    }

    private static ParallelOptions Parallelism(CancellationToken ct) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };
}
