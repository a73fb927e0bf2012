using ChatGovernance.Core.Directory;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>
/// Finds the group that somebody named. Paths are walked level by level, because a group whose name holds a slash looks
/// like a child of another one; what can be read in two ways is ambiguous.
/// </summary>
internal sealed class GroupFinder(KeycloakClient client, RealmSight sight)
{
    private const string ById = "id:";

    public async Task<GroupSearch> Find(string name, CancellationToken ct)
    {
        try
        {
            var found = name switch
            {
                _ when name.StartsWith(ById, StringComparison.Ordinal) => Only([await client.Api.Group(name[ById.Length..], ct)]),
                _ when name.StartsWith('/') => Only(await Walk(null, name[1..], ct)),
                _ => Only(await client.GroupsNamed(name, ct)),
            };
            if (found is GroupSearch.NotFound)
                await sight.RequireGroups(ct);
            return found;
        }
        catch (KeycloakException e) when (e.Failure == KeycloakFailure.NotFound)
        {
            return await Readings.IsSameRealm(sight, ct) is { } doubt ? new GroupSearch.Unknown(doubt) : new GroupSearch.NotFound();
        }
        catch (KeycloakException e)
        {
            return new GroupSearch.Unknown(Readings.DoubtOf(e));
        }
    }

    /// <summary>Every group below the parent (null: the root) that the rest of a path can mean.</summary>
    private async Task<IReadOnlyList<GroupRow>> Walk(GroupRow? parent, string rest, CancellationToken ct)
    {
        var found = new List<GroupRow>();
        foreach (var (name, after) in Splits(rest))
        {
            var level = parent is null
                ? (await client.GroupsNamed(name, ct)).Where(group => group.ParentId is null)
                : await client.ChildrenNamed(parent.Id, name, ct);
            foreach (var group in level.ToList())
            {
                if (after is null)
                    found.Add(group);
                else
                    found.AddRange(await Walk(group, after, ct));
            }
        }

        return found;
    }

    /// <summary><c>a/b/c</c>: (a, b/c), (a/b, c), (a/b/c, null).</summary>
    private static IEnumerable<(string Name, string? After)> Splits(string rest)
    {
        for (var slash = rest.IndexOf('/'); slash >= 0; slash = rest.IndexOf('/', slash + 1))
        {
            if (slash > 0 && slash < rest.Length - 1)
                yield return (rest[..slash], rest[(slash + 1)..]);
        }

        if (rest.Length > 0)
            yield return (rest, null);
    }

    private static GroupSearch Only(IReadOnlyList<GroupRow> groups) => groups switch
    {
        [] => new GroupSearch.NotFound(),
        [var group] => new GroupSearch.Found(new GroupRef(new GroupId(group.Id), group.Path ?? group.Name)),
        _ => new GroupSearch.Ambiguous(),
    };
}
