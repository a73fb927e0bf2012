using ChatGovernance.Core.Directory;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Finds the group or role that somebody named; what can be read in two ways is ambiguous.</summary>
internal sealed class TargetFinder(KeycloakClient client, RealmSight sight)
{
    public async Task<TargetSearch> Find(string name, CancellationToken ct)
    {
        if (name.StartsWith('/') || name.StartsWith("id:", StringComparison.Ordinal))
            return OfGroup(await new GroupFinder(client, sight).Find(name, ct));

        try
        {
            if (name.LastIndexOf('/') is > 0 and var slash && slash < name.Length - 1)
                return await ClientRole(name[..slash], name[(slash + 1)..], ct);
            var role = await RealmRole(name, ct);
            return (role, OfGroup(await new GroupFinder(client, sight).Find(name, ct))) switch
            {
                (_, TargetSearch.Unknown unknown) => unknown,
                (null, var group) => group,
                ({ } found, TargetSearch.NotFound) => found,
                _ => new TargetSearch.Ambiguous(),
            };
        }
        catch (KeycloakException e)
        {
            return new TargetSearch.Unknown(Readings.DoubtOf(e));
        }
    }

    /// <summary>Null: there is none that the caller may see; what names it is then out of use, which errs on the safe side.</summary>
    private async Task<TargetSearch.Found?> RealmRole(string name, CancellationToken ct) =>
        (await client.RealmRoles(ct)).FirstOrDefault(row => row.Name == name) is { } role
            ? new TargetSearch.Found(new TargetRef(new TargetId(TargetKind.RealmRole, role.Id), role.Name))
            : null;

    private async Task<TargetSearch> ClientRole(string clientId, string name, CancellationToken ct)
    {
        if (await client.Client(clientId, ct) is not { } owner)
        {
            // Clients that the caller may not see are left out of the list: without sight of any, "none" is no answer.
            await sight.ManagementClient(ct);
            return new TargetSearch.NotFound();
        }

        var role = (await client.ClientRoles(owner.Id, ct)).FirstOrDefault(row => row.Name == name);
        return role is null ? new TargetSearch.NotFound() : new TargetSearch.Found(new TargetRef(new TargetId(TargetKind.ClientRole, role.Id), $"{clientId}/{name}"));
    }

    private static TargetSearch OfGroup(GroupSearch search) => search switch
    {
        GroupSearch.Found found => new TargetSearch.Found(new TargetRef(new TargetId(TargetKind.Group, found.Group.Id.Value), found.Group.Path)),
        GroupSearch.NotFound => new TargetSearch.NotFound(),
        GroupSearch.Ambiguous => new TargetSearch.Ambiguous(),
        GroupSearch.Unknown unknown => new TargetSearch.Unknown(unknown.Why),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
