namespace ChatGovernance.Infrastructure.Keycloak.Setup;

/// <summary>Compares a plan with what the realm has, and makes the realm have it. A second time it changes nothing.</summary>
/// <param name="server">Id of the realm's client <c>admin-permissions</c>.</param>
/// <param name="account">User id of the bot's service account.</param>
internal sealed class AdminPermissions(IPermissionsApi api, KeycloakClient client, string server, string account, string clientId)
{
    private const string Positive = "POSITIVE";
    private const int Most = 1000;

    private string PolicyName => $"{clientId} service account";

    /// <param name="apply">False: only says what would be changed.</param>
    /// <returns>What was, or would be, changed, in words.</returns>
    public async Task<IReadOnlyList<string>> Bring(PermissionPlan plan, bool apply, CancellationToken ct)
    {
        var changes = new List<string>();
        changes.AddRange(await Roles(plan, apply, ct));
        var (policy, changed) = await Policy(apply, ct);
        changes.AddRange(changed);
        foreach (var name in PlanPermissions.Names(clientId))
            changes.AddRange(await Permission(name, plan.Permissions.FirstOrDefault(permission => permission.Name == name), policy, apply, ct));
        return changes;
    }

    private async Task<IReadOnlyList<string>> Roles(PermissionPlan plan, bool apply, CancellationToken ct)
    {
        var management = await client.Client(ClientNames.RealmManagement, ct) ?? await client.Client(ClientNames.MasterManagement, ct)
            ?? throw new KeycloakException(KeycloakFailure.Forbidden, 403);
        var held = (await client.Api.UserEffectiveClientRoles(account, management.Id, ct)).Select(role => role.Name).ToHashSet(StringComparer.Ordinal);
        var missing = (await client.ClientRoles(management.Id, ct)).Where(role => plan.Roles.Contains(role.Name) && !held.Contains(role.Name)).ToList();
        if (apply && missing.Count > 0)
            await client.Api.AddClientRoles(account, management.Id, [.. missing.Select(role => new RoleName(role.Id, role.Name))], ct);
        return [.. missing.Select(role => $"the service account gets the role {role.Name} of {management.ClientId}")];
    }

    /// <summary>By user, not by client: with a client policy Keycloak answers every list empty.</summary>
    private async Task<(string? Id, IReadOnlyList<string> Changed)> Policy(bool apply, CancellationToken ct)
    {
        var there = (await api.Policies(server, PolicyName, 0, Most, ct)).FirstOrDefault(row => row.Name == PolicyName);
        if (there?.Id is not { } id)
        {
            var made = apply ? await api.AddUserPolicy(server, new UserPolicyRow(null, PolicyName, Positive, [account]), ct) : null;
            return (made?.Id, [$"the policy \"{PolicyName}\" is made"]);
        }

        if (there.Type != "user")
            throw new PermissionsException($"There is a policy \"{PolicyName}\" already, and it is of another kind: rename it.");
        var policy = await api.UserPolicy(server, id, ct);
        if (policy.Logic == Positive && policy.Users is [var user] && user == account)
            return (id, []);
        if (apply)
            await api.ChangeUserPolicy(server, id, new UserPolicyRow(id, PolicyName, Positive, [account]), ct);
        return (id, [$"the policy \"{PolicyName}\" means the bot's service account, and nobody else"]);
    }

    private async Task<IReadOnlyList<string>> Permission(string name, Permission? wanted, string? policy, bool apply, CancellationToken ct)
    {
        var id = (await api.Policies(server, name, 0, Most, ct)).FirstOrDefault(row => row.Name == name)?.Id;
        if (wanted is null)
        {
            if (id is null)
                return [];
            if (apply)
                await api.RemovePermission(server, id, ct);
            return [$"the permission \"{name}\" is removed"];
        }

        var body = new PermissionRow(id, name, wanted.ResourceType, wanted.Resources is { } resources ? [.. resources.Select(resource => resource.Id)] : null, wanted.Scopes, [policy ?? ""]);
        if (id is null)
        {
            if (apply)
                await api.AddPermission(server, body, ct);
            return [$"the permission \"{name}\" is made"];
        }

        if (await Is(id, wanted, policy, ct))
            return [];
        if (apply)
            await api.ChangePermission(server, id, body, ct);
        return [$"the permission \"{name}\" is changed"];
    }

    private async Task<bool> Is(string id, Permission wanted, string? policy, CancellationToken ct)
    {
        var resources = (await api.Resources(server, id, ct)).Select(row => row.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
        string[] named = wanted.Resources is { } some ? [.. some.Select(resource => resource.Id)] : [wanted.ResourceType];
        return resources.SetEquals(named)
            && (await api.Scopes(server, id, ct)).Select(row => row.Name).OfType<string>().ToHashSet(StringComparer.Ordinal).SetEquals(wanted.Scopes)
            && (await api.PoliciesOf(server, id, ct)).Select(row => row.Id).ToList() is [var only] && only == policy;
    }
}
