using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Realm;

/// <summary>What others than the bot look at and do, without HTTP. Changes are the server administrator's, and events say so.</summary>
public sealed partial class SandboxRealm
{
    /// <summary>Usernames of the direct members, sorted.</summary>
    public IReadOnlyList<string> Members(string groupPath) => Locked(() =>
    {
        string group = Group(groupPath).Id;
        return (IReadOnlyList<string>)[.. state.Users.Values.Where(u => u.Groups.Contains(group)).Select(u => u.Username).Order(StringComparer.Ordinal)];
    });

    /// <summary>Roles mapped to the user directly: realm roles by name, client roles as <c>clientId/role</c>; sorted.</summary>
    public IReadOnlyList<string> RolesOf(string username) => Locked(() =>
        (IReadOnlyList<string>)[.. User(username).Roles.Select(r => NameOf(state.Roles[r])).Order(StringComparer.Ordinal)]);

    public string UserId(string username) => Locked(() => User(username).Id);

    public string GroupId(string path) => Locked(() => Group(path).Id);

    /// <param name="name">A realm role's name, or <c>clientId/role</c>.</param>
    public string RoleId(string name) => Locked(() => Role(name).Id);

    public void AddMember(string groupPath, string username) => Administer("PUT", $"users/{UserId(username)}/groups/{GroupId(groupPath)}");

    public void RemoveMember(string groupPath, string username) => Administer("DELETE", $"users/{UserId(username)}/groups/{GroupId(groupPath)}");

    public void AddRole(string username, string role) => MapRole("POST", username, role);

    public void RemoveRole(string username, string role) => MapRole("DELETE", username, role);

    public void DeleteGroup(string path) => Administer("DELETE", $"groups/{GroupId(path)}");

    public void DeleteUser(string username) => Administer("DELETE", $"users/{UserId(username)}");

    public void DeleteRole(string name) => Administer("DELETE", $"roles-by-id/{RoleId(name)}");

    public void RenameRole(string name, string to) => Administer("PUT", $"roles-by-id/{RoleId(name)}", new JsonObject { ["name"] = to });

    public void SetEnabled(string username, bool enabled) => Administer("PUT", $"users/{UserId(username)}", new JsonObject { ["enabled"] = enabled });

    /// <summary>Without values the attribute is taken away.</summary>
    public void SetGroupAttribute(string path, string name, params string[] values) => Locked(() => Set(Group(path).Attributes, name, values));

    /// <inheritdoc cref="SetGroupAttribute"/>
    public void SetRoleAttribute(string role, string name, params string[] values) => Locked(() => Set(Role(role).Attributes, name, values));

    /// <inheritdoc cref="SetGroupAttribute"/>
    public void SetUserAttribute(string username, string name, params string[] values) => Locked(() => Set(User(username).Attributes, name, values));

    /// <summary>Leaves the client's service account with exactly these roles of <c>realm-management</c>.</summary>
    public void SetPrivileges(string clientId, params string[] roles) => Locked(() =>
    {
        string client = state.Client(clientId)!.Id;
        var user = state.Users.Values.Single(u => u.ServiceAccountOf == client);
        user.Roles.RemoveWhere(state.IsAdministrative);
        user.Roles.UnionWith(roles.Select(r => Role($"{RealmState.AdministrationClient}/{r}").Id));
        return true;
    });

    public void SetSecret(string clientId, string secret) => Locked(() => state.Client(clientId)!.Secret = secret);

    public void SetAdminEvents(bool enabled) => Locked(() => state.AdminEventsEnabled = enabled);

    /// <summary>Every token that was issued gets 401 from now on.</summary>
    public void RevokeTokens() => Locked(() =>
    {
        tokens.Revoke();
        return true;
    });

    private T Locked<T>(Func<T> look)
    {
        lock (state.Gate)
            return look();
    }

    private void MapRole(string method, string username, string name)
    {
        var role = Locked(() => Role(name));
        string kind = role.Client is { } client ? $"clients/{client}" : "realm";
        Administer(method, $"users/{UserId(username)}/role-mappings/{kind}", new JsonArray(new JsonObject { ["id"] = role.Id, ["name"] = role.Name }));
    }

    /// <summary>Goes the way of any call, so that events and side effects are the same.</summary>
    private void Administer(string method, string path, JsonNode? body = null)
    {
        lock (state.Gate)
        {
            var (handle, parts) = RealmRoutes.All.Find(method, path);
            handle(new RealmCall(state, RealmTokens.Administrator, parts, new QueryCollection(), body?.ToJsonString() ?? "", time));
        }
    }

    private RealmGroup Group(string path) => state.GroupAt(path) ?? throw new ArgumentException($"There is no group {path}", nameof(path));

    private RealmUser User(string username) => state.User(username) ?? throw new ArgumentException($"There is no user {username}", nameof(username));

    private RealmRole Role(string name) =>
        state.Roles.Values.FirstOrDefault(r => NameOf(r) == name) ?? throw new ArgumentException($"There is no role {name}", nameof(name));

    private string NameOf(RealmRole role) => role.Client is { } client ? $"{state.Clients[client].ClientId}/{role.Name}" : role.Name;

    private static bool Set(Dictionary<string, List<string>> attributes, string name, string[] values)
    {
        if (values.Length == 0)
            return attributes.Remove(name);
        attributes[name] = [.. values];
        return true;
    }
}
