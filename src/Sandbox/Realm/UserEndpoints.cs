using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Realm;

internal static class UserEndpoints
{
    public static void Map(RealmRoutes routes)
    {
        routes.Add("GET", "users", List);
        routes.Add("GET", "users/count", Count);
        routes.Add("GET", "users/profile", Profile);
        routes.Add("GET", "users/{user}", Read);
        routes.Add("GET", "users/{user}/groups", Groups);
        routes.Add("POST", "users/{user}/logout", LogOut);
        routes.Add("PUT", "users/{user}/groups/{group}", Join);
        routes.Add("DELETE", "users/{user}/groups/{group}", Leave);
    }

    public static RealmUser Find(RealmCall call)
    {
        if (call.Realm.Users.TryGetValue(call.Part("user"), out var user))
            return user;
        // Ids are not to be guessed by whoever may not ask for users.
        throw call.Caller.QueriesUsers ? RealmRefusal.NotFound("User not found") : RealmRefusal.Forbidden();
    }

    private static RealmAnswer List(RealmCall call)
    {
        RealmCaller.Require(call.Caller.QueriesUsers);
        string? search = call.Text("search");
        string? email = call.Text("email");
        string? username = call.Text("username");
        var terms = AttributeQuery.Parse(call.Text("q"));
        bool exact = call.Flag("exact");
        IEnumerable<RealmUser> found = call.Realm.Users.Values;
        if (search is not null)
            found = found.Where(u => u.ServiceAccountOf is null && Searched(u).Any(t => Like(t, search, exact)));
        else if (email is null && username is null && terms.Count == 0)
            found = found.Where(u => u.ServiceAccountOf is null);
        if (!string.IsNullOrEmpty(email))
            found = found.Where(u => Like(u.Email, email, exact));
        if (!string.IsNullOrEmpty(username))
            found = found.Where(u => Like(u.Username, username, exact));
        if (call.Text("emailVerified") is not null)
            found = found.Where(u => u.EmailVerified == call.Flag("emailVerified"));
        found = found.Where(u => terms.All(t => Carries(u, t.Key, t.Value)));
        if (!call.Caller.ViewsUsers)
            found = [];
        return RealmAnswer.List(call.Page(found.OrderBy(u => u.Username, StringComparer.Ordinal), usual: 100)
            .Select(u => RealmRepresentations.User(u, call.Flag("briefRepresentation"))));
    }

    private static IEnumerable<string?> Searched(RealmUser user) => [user.Username, user.Email, user.FirstName, user.LastName];

    private static bool Like(string? value, string wanted, bool exact) => exact
        ? string.Equals(value, wanted, StringComparison.OrdinalIgnoreCase)
        : value?.Contains(wanted, StringComparison.OrdinalIgnoreCase) ?? false;

    private static bool Carries(RealmUser user, string key, string value) => key switch
    {
        "username" => Like(user.Username, value, exact: true),
        "email" => Like(user.Email, value, exact: true),
        "firstName" => Like(user.FirstName, value, exact: true),
        "lastName" => Like(user.LastName, value, exact: true),
        _ => user.Attributes.TryGetValue(key, out var values) && values.Any(v => Like(v, value, exact: true)),
    };

    private static RealmAnswer Count(RealmCall call)
    {
        RealmCaller.Require(call.Caller.QueriesUsers);
        return RealmAnswer.Ok(JsonValue.Create(call.Realm.Users.Values.Count(u => u.ServiceAccountOf is null)));
    }

    private static RealmAnswer Profile(RealmCall call)
    {
        RealmCaller.Require(call.Caller.QueriesUsers || call.Caller.ViewsRealm);
        return RealmAnswer.Ok(call.Realm.UserProfile.DeepClone());
    }

    private static RealmAnswer Read(RealmCall call)
    {
        var user = Find(call);
        RealmCaller.Require(call.Caller.ViewsUsers);
        return RealmAnswer.Ok(RealmRepresentations.User(user, brief: false));
    }

    private static RealmAnswer Groups(RealmCall call)
    {
        var user = Find(call);
        RealmCaller.Require(call.Caller.ViewsUsers);
        var groups = user.Groups.Select(g => call.Realm.Groups[g]).OrderBy(g => g.Name, StringComparer.Ordinal);
        return RealmAnswer.List(call.Page(groups)
            .Select(g => RealmRepresentations.Group(call.Realm, g, call.Flag("briefRepresentation", true))));
    }

    /// <summary>Nobody stays logged in here.</summary>
    private static RealmAnswer LogOut(RealmCall call)
    {
        var user = Find(call);
        RealmCaller.Require(call.Caller.ManagesUsers);
        call.Record("ACTION", "USER", $"users/{user.Id}/logout", null);
        return RealmAnswer.Done;
    }

    private static RealmAnswer Join(RealmCall call)
    {
        var (user, group) = Membership(call);
        if (user.Groups.Add(group.Id))
            RecordMembership(call, "CREATE", user, group);
        return RealmAnswer.Done;
    }

    private static RealmAnswer Leave(RealmCall call)
    {
        var (user, group) = Membership(call);
        bool direct = user.Groups.Remove(group.Id);
        // Keycloak asks whether the user is in the group *or in one below it*: nothing then changes, and an event is written.
        bool below = user.Groups.Any(g => call.Realm.Chain(call.Realm.Groups[g]).Any(up => up.Id == group.Id));
        if (direct || below)
            RecordMembership(call, "DELETE", user, group);
        return RealmAnswer.Done;
    }

    private static (RealmUser User, RealmGroup Group) Membership(RealmCall call)
    {
        var user = Find(call);
        RealmCaller.Require(call.Caller.ManagesUsers);
        return (user, call.Realm.Groups.GetValueOrDefault(call.Part("group")) ?? throw RealmRefusal.NotFound("Group not found"));
    }

    private static void RecordMembership(RealmCall call, string operation, RealmUser user, RealmGroup group)
    {
        var details = new Dictionary<string, string> { ["username"] = user.Username };
        if (user.Email is { } email)
            details["email"] = email;
        call.Record(operation, "GROUP_MEMBERSHIP", $"users/{user.Id}/groups/{group.Id}", RealmRepresentations.Group(call.Realm, group, brief: false), details);
    }
}
