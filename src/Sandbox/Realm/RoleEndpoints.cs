namespace ChatGovernance.Sandbox.Realm;

/// <summary>Realm roles, client roles and the clients themselves.</summary>
internal static class RoleEndpoints
{
    public static void Map(RealmRoutes routes)
    {
        routes.Add("GET", "roles", RealmRoles);
        routes.Add("POST", "roles", c => Create(c, null));
        routes.Add("GET", "roles-by-id/{role}", Read);
        routes.Add("PUT", "roles-by-id/{role}", Update);
        routes.Add("DELETE", "roles-by-id/{role}", Delete);
        routes.Add("GET", "roles-by-id/{role}/composites", Composites);
        routes.Add("POST", "roles-by-id/{role}/composites", Compose);
        routes.Add("GET", "clients", Clients);
        routes.Add("GET", "client-scopes", ClientScopes);
        routes.Add("GET", "authentication/required-actions", RequiredActions);
        routes.Add("GET", "clients/{client}/roles", ClientRoles);
        routes.Add("POST", "clients/{client}/roles", c => Create(c, Client(c)));
        routes.Add("GET", "clients/{client}/service-account-user", ServiceAccount);
    }

    private static RealmRole Find(RealmCall call) =>
        call.Realm.Roles.GetValueOrDefault(call.Part("role")) ?? throw RealmRefusal.NotFound("Could not find role with id");

    private static RealmClient Client(RealmCall call)
    {
        if (call.Realm.Clients.TryGetValue(call.Part("client"), out var client))
            return client;
        throw call.Caller.QueriesClients ? RealmRefusal.NotFound("Could not find client") : RealmRefusal.Forbidden();
    }

    /// <summary>This realm issues no tokens to applications, so it has none.</summary>
    private static RealmAnswer ClientScopes(RealmCall call)
    {
        RealmCaller.Require(call.Caller.ViewsClients);
        return RealmAnswer.List([]);
    }

    /// <summary>Nor does anybody have to do something before.</summary>
    private static RealmAnswer RequiredActions(RealmCall call)
    {
        RealmCaller.Require(call.Caller.ViewsRealm);
        return RealmAnswer.List([]);
    }

    private static RealmAnswer RealmRoles(RealmCall call)
    {
        RealmCaller.Require(call.Caller.ViewsRealm);
        return Rows(call, null);
    }

    private static RealmAnswer ClientRoles(RealmCall call)
    {
        var client = Client(call);
        RealmCaller.Require(call.Caller.ViewsClients);
        return Rows(call, client);
    }

    private static RealmAnswer Rows(RealmCall call, RealmClient? client)
    {
        var roles = call.Realm.Roles.Values.Where(r => r.Client == client?.Id);
        if (call.Text("search") is { Length: > 0 } search)
            roles = roles.Where(r => r.Name.Contains(search, StringComparison.OrdinalIgnoreCase));
        // A page only where both its start and its length are given.
        if ((call.Number("first"), call.Number("max")) is (not null, not null))
            roles = call.Page(roles.OrderBy(r => r.Name, StringComparer.Ordinal));
        return RealmAnswer.List(roles.Select(r => RealmRepresentations.Role(call.Realm, r, call.Flag("briefRepresentation", true))));
    }

    private static RealmAnswer Read(RealmCall call)
    {
        var role = Find(call);
        RequireView(call, role);
        return RealmAnswer.Ok(RealmRepresentations.Role(call.Realm, role, brief: false));
    }

    private static RealmAnswer Composites(RealmCall call)
    {
        var role = Find(call);
        RequireView(call, role);
        return RealmAnswer.List(call.Page(role.Composites.Select(r => call.Realm.Roles[r]).Where(r => MayView(call, r)).OrderBy(r => r.Name, StringComparer.Ordinal))
            .Select(r => RealmRepresentations.Role(call.Realm, r, brief: true)));
    }

    private static void RequireView(RealmCall call, RealmRole role) => RealmCaller.Require(MayView(call, role));

    public static bool MayView(RealmCall call, RealmRole role) => role.Client is null ? call.Caller.ViewsRealm : call.Caller.ViewsClients;

    private static void RequireManage(RealmCall call, string? client) =>
        RealmCaller.Require(client is null ? call.Caller.May("manage-realm") : call.Caller.May("manage-clients"));

    private static RealmAnswer Create(RealmCall call, RealmClient? client)
    {
        RequireManage(call, client?.Id);
        var body = call.Body();
        string? name = body.Text("name");
        if (string.IsNullOrEmpty(name))
            throw RealmRefusal.Bad("role has no name");
        if (call.Realm.Role(client?.Id, name) is not null)
            throw RealmRefusal.Exists($"Role with name {name} already exists");
        var role = new RealmRole { Id = RealmState.NewId(), Name = name, Description = body.Text("description"), Client = client?.Id, Attributes = body.Lists("attributes") };
        call.Realm.Roles.Add(role.Id, role);
        call.Record("CREATE", client is null ? "REALM_ROLE" : "CLIENT_ROLE", client is null ? $"roles/{name}" : $"clients/{client.Id}/roles/{name}", body.DeepClone());
        return RealmAnswer.Made(name);
    }

    private static RealmAnswer Update(RealmCall call)
    {
        var role = Find(call);
        RequireManage(call, role.Client);
        var body = call.Body();
        role.Name = body.Text("name") ?? role.Name;
        role.Description = body.Text("description");
        if (body.ContainsKey("attributes"))
            role.Attributes = body.Lists("attributes");
        call.Record("UPDATE", role.Client is null ? "REALM_ROLE" : "CLIENT_ROLE", $"roles-by-id/{role.Id}", body.DeepClone());
        return RealmAnswer.Done;
    }

    private static RealmAnswer Delete(RealmCall call)
    {
        var role = Find(call);
        RequireManage(call, role.Client);
        call.Realm.RemoveRole(role);
        call.Record("DELETE", role.Client is null ? "REALM_ROLE" : "CLIENT_ROLE", $"roles-by-id/{role.Id}", RealmRepresentations.Role(call.Realm, role, brief: true));
        return RealmAnswer.Done;
    }

    private static RealmAnswer Compose(RealmCall call)
    {
        var role = Find(call);
        RequireManage(call, role.Client);
        var parts = (call.Rows() ?? throw RealmRefusal.Unknown()).Select(r =>
            call.Realm.Roles.GetValueOrDefault(r.Text("id") ?? "") ?? throw RealmRefusal.NotFound("Could not find composite role")).ToList();
        role.Composites.UnionWith(parts.Select(p => p.Id));
        call.Record("CREATE", role.Client is null ? "REALM_ROLE" : "CLIENT_ROLE", $"roles-by-id/{role.Id}/composites", RealmJson.Array(parts.Select(p => RealmRepresentations.Role(call.Realm, p, brief: true))));
        return RealmAnswer.Done;
    }

    private static RealmAnswer Clients(RealmCall call)
    {
        RealmCaller.Require(call.Caller.QueriesClients);
        IEnumerable<RealmClient> found = call.Caller.ViewsClients ? call.Realm.Clients.Values : [];
        if (call.Text("clientId") is { Length: > 0 } clientId)
            return RealmAnswer.List(found.Where(c => c.ClientId == clientId).Select(RealmRepresentations.Client));
        return RealmAnswer.List(call.Page(found.OrderBy(c => c.ClientId, StringComparer.Ordinal)).Select(RealmRepresentations.Client));
    }

    private static RealmAnswer ServiceAccount(RealmCall call)
    {
        var client = Client(call);
        RealmCaller.Require(call.Caller.ViewsClients);
        var user = call.Realm.Users.Values.FirstOrDefault(u => u.ServiceAccountOf == client.Id)
            ?? throw RealmRefusal.Bad($"Service account not enabled for the client '{client.ClientId}'");
        return RealmAnswer.Ok(RealmRepresentations.User(user, brief: false));
    }
}
