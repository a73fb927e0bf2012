using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Realm;

/// <summary>Reads the file that Keycloak imports by <c>--import-realm</c> and by <c>POST /admin/realms</c>.</summary>
internal static class RealmFile
{
    private const string ProfileProvider = "org.keycloak.userprofile.UserProfileProvider";

    /// <exception cref="JsonException">Not JSON, or not the shape that Keycloak imports.</exception>
    public static RealmState Read(string json, TimeProvider time)
    {
        var file = JsonSerializer.Deserialize<JsonObject>(json) ?? throw new JsonException("The realm file is null");
        var realm = new RealmState
        {
            Id = file.Text("id") ?? RealmState.NewId(),
            Name = file.Text("realm") ?? throw new JsonException("The realm has no name"),
            DisplayName = file.Text("displayName"),
            AccessTokenLifespan = (int?)file["accessTokenLifespan"] ?? 300,
            AdminEventsEnabled = file.Flag("adminEventsEnabled"),
            AdminEventsDetailsEnabled = file.Flag("adminEventsDetailsEnabled"),
            UserProfile = Profile(file),
        };
        BuiltIn.AddTo(realm);
        foreach (var row in file.Rows("clients"))
            AddClient(realm, row);
        AddRoles(realm, file);
        foreach (var row in file.Rows("groups"))
            AddGroup(realm, row, null);
        foreach (var row in file.Rows("users"))
            AddUser(realm, row, time.GetUtcNow());
        return realm;
    }

    private static void AddClient(RealmState realm, JsonObject row)
    {
        var client = new RealmClient
        {
            Id = row.Text("id") ?? RealmState.NewId(),
            ClientId = row.Text("clientId") ?? throw new JsonException("A client has no clientId"),
            Name = row.Text("name"),
            Secret = row.Text("secret"),
            Enabled = row.Flag("enabled", true),
            PublicClient = row.Flag("publicClient"),
            ServiceAccountsEnabled = row.Flag("serviceAccountsEnabled"),
            StandardFlowEnabled = row.Flag("standardFlowEnabled", true),
            DirectAccessGrantsEnabled = row.Flag("directAccessGrantsEnabled"),
            RedirectUris = [.. row.Texts("redirectUris")],
            Audiences =
            [
                .. row.Rows("protocolMappers").Where(mapper => mapper.Text("protocolMapper") == "oidc-audience-mapper")
                    .Select(mapper => (mapper["config"] as JsonObject)?.Text("included.client.audience")).OfType<string>(),
            ],
        };
        realm.Clients.Add(client.Id, client);
    }

    private static void AddRoles(RealmState realm, JsonObject file)
    {
        var roles = file["roles"] as JsonObject;
        var read = new List<(RealmRole Role, JsonObject Row)>();
        foreach (var row in roles?.Rows("realm") ?? [])
            read.Add((AddRole(realm, row, null), row));
        foreach (var (clientId, rows) in (roles?["client"] as JsonObject) ?? [])
        {
            foreach (var row in rows!.AsArray().Select(r => r!.AsObject()))
                read.Add((AddRole(realm, row, Client(realm, clientId).Id), row));
        }

        foreach (var (role, row) in read)
        {
            if (row["composites"] is not JsonObject composites)
                continue;
            role.Composites.UnionWith(composites.Texts("realm").Select(n => RealmRole(realm, n).Id));
            role.Composites.UnionWith(ClientRoles(realm, composites["client"] as JsonObject));
        }
    }

    private static RealmRole AddRole(RealmState realm, JsonObject row, string? client)
    {
        string name = row.Text("name") ?? throw new JsonException("A role has no name");
        if (realm.Role(client, name) is { } known)
            return known;
        var role = new RealmRole
        {
            Id = row.Text("id") ?? RealmState.NewId(),
            Name = name,
            Description = row.Text("description"),
            Client = client,
            Attributes = row.Lists("attributes"),
        };
        realm.Roles.Add(role.Id, role);
        return role;
    }

    private static void AddGroup(RealmState realm, JsonObject row, string? parent)
    {
        var group = new RealmGroup
        {
            Id = row.Text("id") ?? RealmState.NewId(),
            Name = row.Text("name") ?? throw new JsonException("A group has no name"),
            ParentId = parent,
            Attributes = row.Lists("attributes"),
        };
        group.Roles.UnionWith(row.Texts("realmRoles").Select(n => RealmRole(realm, n).Id));
        group.Roles.UnionWith(ClientRoles(realm, row["clientRoles"] as JsonObject));
        realm.Groups.Add(group.Id, group);
        foreach (var child in row.Rows("subGroups"))
            AddGroup(realm, child, group.Id);
    }

    private static void AddUser(RealmState realm, JsonObject row, DateTimeOffset now)
    {
        var user = new RealmUser
        {
            Id = row.Text("id") ?? RealmState.NewId(),
            Username = row.Text("username")?.ToLowerInvariant() ?? throw new JsonException("A user has no username"),
            Email = row.Text("email")?.ToLowerInvariant(),
            EmailVerified = row.Flag("emailVerified"),
            FirstName = row.Text("firstName"),
            LastName = row.Text("lastName"),
            Enabled = row.Flag("enabled"),
            Password = row.Rows("credentials").Where(c => c.Text("type") == "password").Select(c => c.Text("value")).FirstOrDefault(),
            Attributes = row.Lists("attributes"),
            ServiceAccountOf = row.Text("serviceAccountClientId") is { } client ? Client(realm, client).Id : null,
            CreatedAt = now,
        };
        user.Roles.UnionWith(row.Texts("realmRoles").Select(n => RealmRole(realm, n).Id));
        user.Roles.UnionWith(ClientRoles(realm, row["clientRoles"] as JsonObject));
        user.Groups.UnionWith(row.Texts("groups").Select(p =>
            realm.GroupAt(p)?.Id ?? throw new JsonException($"The user {user.Username} is in the group {p}, which does not exist")));
        realm.Users.Add(user.Id, user);
    }

    /// <summary>Keycloak creates a realm role that nobody declared in silence.</summary>
    private static RealmRole RealmRole(RealmState realm, string name)
    {
        if (realm.Role(null, name) is { } known)
            return known;
        var role = new RealmRole { Id = RealmState.NewId(), Name = name };
        realm.Roles.Add(role.Id, role);
        return role;
    }

    private static IEnumerable<string> ClientRoles(RealmState realm, JsonObject? byClient) =>
        from pair in byClient ?? []
        let client = Client(realm, pair.Key).Id
        from name in pair.Value!.AsArray()
        select AddRole(realm, new JsonObject { ["name"] = name!.GetValue<string>() }, client).Id;

    private static RealmClient Client(RealmState realm, string clientId) =>
        realm.Client(clientId) ?? throw new JsonException($"The client {clientId} does not exist");

    private static JsonObject Profile(JsonObject file)
    {
        var components = (file["components"] as JsonObject)?.Rows(ProfileProvider) ?? [];
        string? text = components.Select(c => (c["config"] as JsonObject)?.Texts("kc.user.profile.config").FirstOrDefault()).FirstOrDefault();
        return text is null ? DefaultProfile() : JsonNode.Parse(text)!.AsObject();
    }

    private static JsonObject DefaultProfile()
    {
        var attributes = new JsonArray();
        foreach (string name in (string[])["username", "email", "firstName", "lastName"])
        {
            attributes.Add(new JsonObject
            {
                ["name"] = name,
                ["permissions"] = new JsonObject { ["view"] = new JsonArray("admin", "user"), ["edit"] = new JsonArray("admin", "user") },
                ["multivalued"] = false,
            });
        }

        return new JsonObject { ["attributes"] = attributes };
    }
}
