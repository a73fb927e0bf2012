using ChatGovernance.Core.Directory;
using ChatGovernance.Core.LoginPolicies;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>What names in login policies stand for. One instance serves one reading, and asks for each name once.</summary>
internal sealed class RealmNames(KeycloakClient client, GroupFinder groups)
{
    private readonly Dictionary<string, bool> roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> paths = new(StringComparer.Ordinal);
    private HashSet<string>? realmRoles;

    /// <summary>Those that are no role, no group, or could be one of several.</summary>
    public async Task<IReadOnlyList<string>> Unresolved(LoginRules rules, CancellationToken ct)
    {
        var unresolved = new List<string>();
        foreach (var name in rules.AnyOf.Concat(rules.AllOf).Distinct())
        {
            if (!await IsOneRole(name, ct))
                unresolved.Add(name);
        }

        foreach (var path in rules.Groups.Distinct())
        {
            if (!await IsOneGroup(path, ct))
                unresolved.Add(path);
        }

        return unresolved;
    }

    private async Task<bool> IsOneRole(string name, CancellationToken ct)
    {
        if (roles.TryGetValue(name, out var known))
            return known;
        realmRoles ??= [.. (await client.RealmRoles(ct)).Select(role => role.Name)];
        var meanings = realmRoles.Contains(name) ? 1 : 0;
        for (var slash = name.IndexOf('/', StringComparison.Ordinal); slash > 0 && slash < name.Length - 1; slash = name.IndexOf('/', slash + 1))
        {
            if (await client.Client(name[..slash], ct) is { } owner && (await client.ClientRoles(owner.Id, ct)).Any(role => role.Name == name[(slash + 1)..]))
                meanings++;
        }

        return roles[name] = meanings == 1;
    }

    private async Task<bool> IsOneGroup(string path, CancellationToken ct)
    {
        if (paths.TryGetValue(path, out var known))
            return known;
        return paths[path] = path.StartsWith('/') && path.Length > 1 && await groups.Find(path, ct) switch
        {
            GroupSearch.Found => true,
            GroupSearch.Unknown unknown => throw new KeycloakException(Readings.FailureOf(unknown.Why)),
            _ => false,
        };
    }
}
