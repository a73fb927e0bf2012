using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Offers;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Finds the provider's policies among the protocol mappers of clients and client scopes, and what their names stand for. One instance serves one reading.</summary>
internal sealed class LoginPolicyReader(KeycloakClient client, ILoginPoliciesApi api, GroupFinder groups)
{
    private static readonly string[] mappers = ["chatgovernance-oidc-login-policy", "chatgovernance-saml-login-policy"];

    private readonly Dictionary<string, bool> roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> paths = new(StringComparer.Ordinal);
    private HashSet<string>? realmRoles;

    public async Task<IReadOnlyList<LoginPolicy>> Read(CancellationToken ct)
    {
        var found = new List<LoginPolicy>();
        foreach (var row in await client.Clients(ct))
            found.AddRange(await In($"client {row.ClientId}", row.ProtocolMappers, ct));
        foreach (var scope in await api.ClientScopes(ct))
            found.AddRange(await In($"client scope {scope.Name}", scope.ProtocolMappers, ct));
        return [.. found.OrderBy(policy => policy.Where, StringComparer.Ordinal).ThenBy(policy => policy.Name, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<LoginPolicy>> In(string where, IReadOnlyList<MapperRow>? rows, CancellationToken ct)
    {
        var found = new List<LoginPolicy>();
        foreach (var row in (rows ?? []).Where(row => mappers.Contains(row.ProtocolMapper)))
        {
            var (anyOf, allOf, inGroups) = (Names(row, "any-of"), Names(row, "all-of"), Names(row, "groups"));
            var unresolved = new List<string>();
            foreach (var name in anyOf.Concat(allOf).Distinct())
            {
                if (!await IsOneRole(name, ct))
                    unresolved.Add(name);
            }

            foreach (var path in inGroups.Distinct())
            {
                if (!await IsOneGroup(path, ct))
                    unresolved.Add(path);
            }

            found.Add(new LoginPolicy(where, row.Name, anyOf, allOf, inGroups, unresolved));
        }

        return found;
    }

    /// <summary>As the provider splits them; one that is blank is a name that nothing has.</summary>
    private static string[] Names(MapperRow row, string key) =>
        row.Config?.GetValueOrDefault(key) is { Length: > 0 } stored ? [.. stored.Split("##").Select(name => name.Trim())] : [];

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
            GroupSearch.Unknown => throw new KeycloakException(KeycloakFailure.Forbidden, 403),
            _ => false,
        };
    }
}
