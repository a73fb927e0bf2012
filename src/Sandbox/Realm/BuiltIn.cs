namespace ChatGovernance.Sandbox.Realm;

/// <summary>What Keycloak 26.7.4 puts into every new realm, as far as it shows in the calls that are spoken here.</summary>
internal static class BuiltIn
{
    private static readonly (string Client, bool Public)[] Clients =
    [
        ("account", true), ("account-console", true), ("admin-cli", true), ("broker", false),
        (RealmState.AdministrationClient, false), ("security-admin-console", true),
    ];

    private static readonly string[] Administration =
    [
        "create-client", "impersonation", "manage-authorization", "manage-clients", "manage-events", "manage-identity-providers",
        "manage-organizations", "manage-realm", "manage-users", "query-clients", "query-groups", "query-organizations", "query-realms",
        "query-users", "view-authorization", "view-clients", "view-events", "view-identity-providers", "view-organizations",
        "view-realm", "view-users",
    ];

    private static readonly string[] Account =
    [
        "delete-account", "manage-account", "manage-account-links", "manage-consent", "view-applications", "view-consent", "view-groups", "view-profile",
    ];

    public static void AddTo(RealmState realm)
    {
        foreach (var (clientId, isPublic) in Clients)
        {
            var client = new RealmClient { Id = RealmState.NewId(), ClientId = clientId, Name = $"${{client_{clientId}}}", PublicClient = isPublic };
            realm.Clients.Add(client.Id, client);
        }

        string administration = realm.Client(RealmState.AdministrationClient)!.Id;
        string account = realm.Client("account")!.Id;
        foreach (string name in Administration)
            Add(realm, administration, name);
        Add(realm, administration, "realm-admin").Composites.UnionWith(Administration.Select(n => realm.Role(administration, n)!.Id));
        Compose(realm, administration, "view-users", "query-users", "query-groups");
        Compose(realm, administration, "view-clients", "query-clients");
        Compose(realm, administration, "view-organizations", "query-organizations");

        foreach (string name in Account)
            Add(realm, account, name);
        Compose(realm, account, "manage-account", "manage-account-links");
        Compose(realm, account, "manage-consent", "view-consent");
        Add(realm, realm.Client("broker")!.Id, "read-token");

        Add(realm, null, "offline_access", "${role_offline-access}");
        Add(realm, null, "uma_authorization");
        var usual = Add(realm, null, $"default-roles-{realm.Name.ToLowerInvariant()}", "${role_default-roles}");
        usual.Composites.UnionWith(
        [
            realm.Role(null, "offline_access")!.Id, realm.Role(null, "uma_authorization")!.Id,
            realm.Role(account, "manage-account")!.Id, realm.Role(account, "view-profile")!.Id,
        ]);
    }

    private static RealmRole Add(RealmState realm, string? client, string name, string? description = null)
    {
        var role = new RealmRole { Id = RealmState.NewId(), Name = name, Client = client, Description = description ?? $"${{role_{name}}}" };
        realm.Roles.Add(role.Id, role);
        return role;
    }

    private static void Compose(RealmState realm, string client, string name, params string[] parts) =>
        realm.Role(client, name)!.Composites.UnionWith(parts.Select(p => realm.Role(client, p)!.Id));
}
