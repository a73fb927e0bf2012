using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Realm;

/// <summary>Roles of users and of groups.</summary>
internal static class MappingEndpoints
{
    public static void Map(RealmRoutes routes)
    {
        Map(routes, "users/{user}/role-mappings", c => Holder.Of(c, UserEndpoints.Find(c)));
        Map(routes, "groups/{group}/role-mappings", c => Holder.Of(c, GroupEndpoints.Find(c)));
    }

    private static void Map(RealmRoutes routes, string path, Func<RealmCall, Holder> find)
    {
        routes.Add("GET", path, c => All(c, find(c)));
        routes.Add("GET", $"{path}/realm", c => Read(c, find(c), null, h => h.Roles));
        routes.Add("GET", $"{path}/realm/composite", c => Read(c, find(c), null, h => h.Effective));
        routes.Add("POST", $"{path}/realm", c => Change(c, find(c), null, add: true));
        routes.Add("DELETE", $"{path}/realm", c => Change(c, find(c), null, add: false));
        routes.Add("GET", $"{path}/clients/{{client}}", c => Read(c, find(c), Client(c), h => h.Roles));
        routes.Add("GET", $"{path}/clients/{{client}}/composite", c => Read(c, find(c), Client(c), h => h.EffectiveInClients));
        routes.Add("POST", $"{path}/clients/{{client}}", c => Change(c, find(c), Client(c), add: true));
        routes.Add("DELETE", $"{path}/clients/{{client}}", c => Change(c, find(c), Client(c), add: false));
    }

    private static RealmClient Client(RealmCall call) =>
        call.Realm.Clients.GetValueOrDefault(call.Part("client")) ?? throw RealmRefusal.NotFound("Client not found");

    private static RealmAnswer All(RealmCall call, Holder holder)
    {
        RealmCaller.Require(call.Caller.ViewsUsers);
        var body = new JsonObject();
        var roles = holder.Roles.Select(r => call.Realm.Roles[r]).Where(r => RoleEndpoints.MayView(call, r)).ToLookup(r => r.Client);
        if (roles.Contains(null))
            body["realmMappings"] = Rows(call, roles[null]);
        var clients = new JsonObject();
        foreach (var client in call.Realm.Clients.Values.Where(c => roles.Contains(c.Id)))
            clients[client.ClientId] = new JsonObject { ["id"] = client.Id, ["client"] = client.ClientId, ["mappings"] = Rows(call, roles[client.Id]) };
        if (clients.Count > 0)
            body["clientMappings"] = clients;
        return RealmAnswer.Ok(body);
    }

    private static RealmAnswer Read(RealmCall call, Holder holder, RealmClient? client, Func<Holder, IEnumerable<string>> roles)
    {
        RealmCaller.Require(call.Caller.ViewsUsers && (client is null || call.Caller.ViewsClients));
        return RealmAnswer.Ok(Rows(call, roles(holder).Select(r => call.Realm.Roles[r]).Where(r => r.Client == client?.Id)));
    }

    private static JsonArray Rows(RealmCall call, IEnumerable<RealmRole> roles) =>
        RealmJson.Array(roles.OrderBy(r => r.Name, StringComparer.Ordinal).Select(r => RealmRepresentations.Role(call.Realm, r, brief: true)));

    private static RealmAnswer Change(RealmCall call, Holder holder, RealmClient? client, bool add)
    {
        RealmCaller.Require(call.Caller.ManagesUsers);
        var rows = call.Rows();
        if (rows is null && add)
            throw RealmRefusal.Unknown();

        // Without a body a removal takes everything.
        var roles = rows?.Select(row => Role(call, row, client)).ToList()
            ?? [.. holder.Roles.Select(r => call.Realm.Roles[r]).Where(r => r.Client == client?.Id)];
        foreach (var role in roles)
            RealmCaller.Require(MayMap(call, role));
        foreach (var role in roles)
            _ = add ? holder.Roles.Add(role.Id) : holder.Roles.Remove(role.Id);
        if (add && roles.Count == 0)
            return RealmAnswer.Done;
        var sent = rows is null ? Rows(call, roles) : RealmJson.Array(rows.Select(AsSent));
        call.Record(
            add ? "CREATE" : "DELETE",
            client is null ? "REALM_ROLE_MAPPING" : "CLIENT_ROLE_MAPPING",
            client is null ? $"{holder.Path}/role-mappings/realm" : $"{holder.Path}/role-mappings/clients/{client.Id}",
            sent);
        return RealmAnswer.Done;
    }

    private static RealmRole Role(RealmCall call, JsonObject row, RealmClient? client)
    {
        var role = call.Realm.Roles.GetValueOrDefault(row.Text("id") ?? "");
        return role is not null && role.Client == client?.Id && role.Name == row.Text("name")
            ? role
            : throw RealmRefusal.NotFound("Role not found");
    }

    /// <summary>
    /// An administrative role only by who has it, or can do as much; the query roles by everybody. A role or group that implies one
    /// is not looked into (keycloak#53060).
    /// </summary>
    private static bool MayMap(RealmCall call, RealmRole role) =>
        call.Caller.Roles is not { } own || !call.Realm.IsAdministrative(role.Id) || own.Contains(role.Name)
        || role.Name.StartsWith("query-", StringComparison.Ordinal) || (role.Name == "view-users" && call.Caller.ViewsUsers);

    private static JsonObject AsSent(JsonObject row)
    {
        var sent = new JsonObject();
        foreach (string name in (string[])["id", "name", "description"])
        {
            if (row.Text(name) is { } value)
                sent[name] = value;
        }

        sent["composite"] = row.Flag("composite");
        foreach (string name in (string[])["clientRole", "containerId", "attributes"])
        {
            if (row[name] is { } value)
                sent[name] = value.DeepClone();
        }

        return sent;
    }

    /// <param name="Effective">With composites, and with what groups and their parents map.</param>
    /// <param name="EffectiveInClients">The same; for a group, what its parents map is left out.</param>
    private sealed record Holder(string Path, ISet<string> Roles, IReadOnlySet<string> Effective, IReadOnlySet<string> EffectiveInClients)
    {
        public static Holder Of(RealmCall call, RealmUser user)
        {
            var effective = call.Realm.EffectiveRoles(user);
            return new($"users/{user.Id}", user.Roles, effective, effective);
        }

        public static Holder Of(RealmCall call, RealmGroup group) => new(
            $"groups/{group.Id}",
            group.Roles,
            call.Realm.Closure(call.Realm.Chain(group).SelectMany(g => g.Roles)),
            call.Realm.Closure(group.Roles));
    }
}
