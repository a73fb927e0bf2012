using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Ways by which somebody still has what a target gave, after it was taken away.</summary>
internal sealed class ResidualPaths(KeycloakClient client, ClientNames names)
{
    private readonly RoleClosure closure = new(client, names);

    public async Task<IReadOnlyList<string>> Find(PersonId person, TargetId target, CancellationToken ct)
    {
        var groups = await client.Api.UserGroups(person.Value, ct);
        if (target.Kind != TargetKind.Group)
            return await PathsTo([await client.Api.Role(target.Id, ct)], person, target, groups, ct);

        var group = await client.Api.Group(target.Id, ct);
        var mapped = new List<RoleRow>();
        for (var link = group; link is not null; link = link.ParentId is { } parent ? await client.Api.Group(parent, ct) : null)
            mapped.AddRange(Rows(await client.Api.GroupMappings(link.Id, ct)));
        var given = await closure.Follow(mapped, ct);
        var below = groups.Where(other => other.Path?.StartsWith(group.Path + "/", StringComparison.Ordinal) == true).Select(other => $"subgroup {other.Path}");
        return [.. below, .. await PathsTo(given, person, target, groups, ct)];
    }

    private async Task<IReadOnlyList<string>> PathsTo(IEnumerable<RoleRow> roles, PersonId person, TargetId target, IReadOnlyList<GroupRow> groups, CancellationToken ct)
    {
        var wanted = roles.Select(role => role.Id).ToHashSet(StringComparer.Ordinal);
        if (wanted.Count == 0)
            return [];

        var paths = new SortedSet<string>(StringComparer.Ordinal);
        var direct = await client.Api.UserMappings(person.Value, ct);
        foreach (var role in Rows(direct).Where(role => role.Id != target.Id && (role.Composite || wanted.Contains(role.Id))))
        {
            if ((await closure.Follow([role], ct)).Any(part => wanted.Contains(part.Id)))
                paths.Add($"role {await NameOf(role, ct)}");
        }

        foreach (var group in groups.Where(group => group.Id != target.Id))
        {
            for (var link = group; link is not null; link = link.ParentId is { } parent ? await client.Api.Group(parent, ct) : null)
            {
                if ((await closure.Follow(Rows(await client.Api.GroupMappings(link.Id, ct)), ct)).Any(part => wanted.Contains(part.Id)))
                    paths.Add($"group {group.Path ?? group.Name}");
            }
        }

        return [.. paths];
    }

    private static IEnumerable<RoleRow> Rows(MappingsRow mappings) =>
        [.. mappings.RealmMappings ?? [], .. mappings.ClientMappings?.Values.SelectMany(owned => owned.Mappings) ?? []];

    private async Task<string> NameOf(RoleRow role, CancellationToken ct) =>
        role.ClientRole ? $"{await names.Of(role.ContainerId, ct) ?? role.ContainerId}/{role.Name}" : role.Name;
}
