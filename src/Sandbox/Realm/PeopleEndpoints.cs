using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Realm;

/// <summary>What an administrator does to people, and to the realm itself.</summary>
internal static class PeopleEndpoints
{
    public static void Map(RealmRoutes routes)
    {
        routes.Add("GET", "", Realm);
        routes.Add("POST", "users", Create);
        routes.Add("PUT", "users/{user}", Update);
        routes.Add("DELETE", "users/{user}", Delete);
    }

    private static RealmAnswer Realm(RealmCall call)
    {
        RealmCaller.Require(call.Caller.HasAny);
        var body = new JsonObject { ["realm"] = call.Realm.Name };
        if (call.Realm.DisplayName is { } name)
            body["displayName"] = name;
        if (!call.Caller.ViewsRealm)
            return RealmAnswer.Ok(body);
        body["id"] = call.Realm.Id;
        body["accessTokenLifespan"] = call.Realm.AccessTokenLifespan;
        body["adminEventsEnabled"] = call.Realm.AdminEventsEnabled;
        body["adminEventsDetailsEnabled"] = call.Realm.AdminEventsDetailsEnabled;
        return RealmAnswer.Ok(body);
    }

    private static RealmAnswer Create(RealmCall call)
    {
        RealmCaller.Require(call.Caller.ManagesUsers);
        var body = call.Body();
        string? username = body.Text("username")?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(username))
            throw new RealmRefusal(400, null, errorMessage: "User name is missing");
        if (call.Realm.User(username) is not null)
            throw RealmRefusal.Exists("User exists with same username");
        string? email = body.Text("email")?.ToLowerInvariant();
        if (email is not null && call.Realm.Users.Values.Any(u => u.Email == email))
            throw RealmRefusal.Exists("User exists with same email");
        var groups = body.Texts("groups").Select(p =>
            call.Realm.GroupAt(p) ?? throw new RealmRefusal(400, null, errorMessage: $"Could not find group by path: {p}")).ToList();

        var user = new RealmUser
        {
            Id = RealmState.NewId(),
            Username = username,
            Email = email,
            EmailVerified = body.Flag("emailVerified"),
            FirstName = body.Text("firstName"),
            LastName = body.Text("lastName"),
            Enabled = body.Flag("enabled"),
            Attributes = Declared(call.Realm, body),
            CreatedAt = call.Now,
        };
        user.Roles.Add(call.Realm.Role(null, $"default-roles-{call.Realm.Name.ToLowerInvariant()}")!.Id);
        user.Groups.UnionWith(groups.Select(g => g.Id));
        call.Realm.Users.Add(user.Id, user);
        call.Record("CREATE", "USER", $"users/{user.Id}", WithoutCredentials(body));
        return RealmAnswer.Made(user.Id);
    }

    /// <summary>With <c>attributes</c>, what is not sent of name and address is cleared, as Keycloak does.</summary>
    private static RealmAnswer Update(RealmCall call)
    {
        var user = UserEndpoints.Find(call);
        RealmCaller.Require(call.Caller.ManagesUsers);
        var body = call.Body();
        bool whole = body.ContainsKey("attributes");
        if (whole || body.ContainsKey("email"))
            user.Email = body.Text("email")?.ToLowerInvariant();
        if (whole || body.ContainsKey("firstName"))
            user.FirstName = body.Text("firstName");
        if (whole || body.ContainsKey("lastName"))
            user.LastName = body.Text("lastName");
        user.Username = body.Text("username")?.ToLowerInvariant() ?? user.Username;
        user.EmailVerified = body.Flag("emailVerified", user.EmailVerified);
        user.Enabled = body.Flag("enabled", user.Enabled);
        if (whole)
            user.Attributes = Declared(call.Realm, body);
        call.Record("UPDATE", "USER", $"users/{user.Id}", WithoutCredentials(body));
        return RealmAnswer.Done;
    }

    private static RealmAnswer Delete(RealmCall call)
    {
        var user = UserEndpoints.Find(call);
        RealmCaller.Require(call.Caller.ManagesUsers);
        call.Realm.Users.Remove(user.Id);
        call.Record("DELETE", "USER", $"users/{user.Id}", new JsonObject { ["id"] = user.Id, ["username"] = user.Username });
        return RealmAnswer.Done;
    }

    private static JsonNode WithoutCredentials(JsonObject body)
    {
        var copy = body.DeepClone().AsObject();
        copy.Remove("credentials");
        return copy;
    }

    /// <summary>An attribute that the user profile does not declare is dropped in silence.</summary>
    private static Dictionary<string, List<string>> Declared(RealmState realm, JsonObject body)
    {
        var declared = realm.UserProfile.Rows("attributes").Select(a => a.Text("name")).ToHashSet();
        return body.Lists("attributes").Where(a => declared.Contains(a.Key)).ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);
    }
}
