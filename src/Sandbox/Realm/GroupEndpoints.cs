using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatGovernance.Sandbox.Realm;

internal static class GroupEndpoints
{
    public static void Map(RealmRoutes routes)
    {
        routes.Add("GET", "groups", List);
        routes.Add("GET", "groups/count", Count);
        routes.Add("GET", "groups/{group}", Read);
        routes.Add("GET", "groups/{group}/children", Children);
        routes.Add("GET", "groups/{group}/members", Members);
        routes.Add("POST", "groups", c => Create(c, null));
        routes.Add("POST", "groups/{group}/children", c => Create(c, Find(c)));
        routes.Add("PUT", "groups/{group}", Update);
        routes.Add("DELETE", "groups/{group}", Delete);
    }

    public static RealmGroup Find(RealmCall call) =>
        call.Realm.Groups.GetValueOrDefault(call.Part("group")) ?? throw RealmRefusal.NotFound("Could not find group by id");

    private static RealmAnswer List(RealmCall call)
    {
        RealmCaller.Require(call.Caller.QueriesGroups);
        string? q = call.Text("q");
        string? search = call.Text("search")?.Trim();
        bool all = string.IsNullOrWhiteSpace(q) && string.IsNullOrEmpty(search);
        // Trees with ancestors that do not match, which Keycloak makes by default of a search, are asked for by nobody here.
        if (!all && call.Flag("populateHierarchy", true))
            return RealmAnswer.NotSpoken;

        IEnumerable<RealmGroup> found = all ? call.Realm.Children(null) : call.Realm.Groups.Values;
        if (!string.IsNullOrWhiteSpace(q))
        {
            var terms = AttributeQuery.Parse(q).Where(t => t.Key.Length > 0).ToList();
            found = found.Where(g => terms.All(t => g.Attributes.TryGetValue(t.Key, out var values) && values.Contains(t.Value)));
        }
        else if (!all)
        {
            found = call.Flag("exact")
                ? found.Where(g => g.Name == search)
                : found.Where(g => g.Name.Contains(search!, StringComparison.OrdinalIgnoreCase));
        }

        if (!call.Caller.ViewsUsers)
            found = [];
        return Rows(call, call.Page(found.OrderBy(g => g.Name, StringComparer.Ordinal)), brief: true);
    }

    private static RealmAnswer Rows(RealmCall call, IEnumerable<RealmGroup> rows, bool brief) =>
        RealmAnswer.List(rows.Select(g => RealmRepresentations.Group(call.Realm, g, call.Flag("briefRepresentation", brief), call.Flag("subGroupsCount", true))));

    private static RealmAnswer Count(RealmCall call)
    {
        RealmCaller.Require(call.Caller.QueriesGroups);
        return RealmAnswer.Ok(new JsonObject { ["count"] = call.Realm.Groups.Count });
    }

    private static RealmAnswer Read(RealmCall call)
    {
        var group = Find(call);
        RealmCaller.Require(call.Caller.ViewsUsers);
        return RealmAnswer.Ok(RealmRepresentations.Group(call.Realm, group, brief: false, count: true));
    }

    private static RealmAnswer Children(RealmCall call)
    {
        var group = Find(call);
        RealmCaller.Require(call.Caller.ViewsUsers);
        var rows = call.Realm.Children(group.Id);
        if (call.Text("search") is { } search)
            rows = call.Flag("exact") ? rows.Where(g => IsLike(g.Name, search)) : rows.Where(g => g.Name.Contains(search, StringComparison.OrdinalIgnoreCase));
        return Rows(call, call.Page(rows, usual: 10), brief: false);
    }

    /// <summary>"Exact" is SQL's LIKE here: % and _ keep their meaning.</summary>
    private static bool IsLike(string name, string pattern) => Regex.IsMatch(
        name, $"\\A{Regex.Escape(pattern).Replace("%", ".*", StringComparison.Ordinal).Replace('_', '.')}\\z", RegexOptions.Singleline | RegexOptions.CultureInvariant);

    private static RealmAnswer Members(RealmCall call)
    {
        var group = Find(call);
        RealmCaller.Require(call.Caller.ViewsUsers);
        var members = call.Realm.Users.Values.Where(u => u.Groups.Contains(group.Id)).OrderBy(u => u.Username, StringComparer.Ordinal);
        return RealmAnswer.List(call.Page(members, usual: 100).Select(u => RealmRepresentations.User(u, call.Flag("briefRepresentation"))));
    }

    private static RealmAnswer Create(RealmCall call, RealmGroup? parent)
    {
        RealmCaller.Require(call.Caller.ManagesUsers);
        var body = call.Body();
        string? name = body.Text("name");
        if (string.IsNullOrWhiteSpace(name))
            throw new RealmRefusal(400, null, errorMessage: "Group name is missing");
        if (call.Realm.Children(parent?.Id).Any(g => g.Name == name))
        {
            throw RealmRefusal.Exists(parent is null
                ? $"Top level group named '{name}' already exists."
                : $"Sibling group named '{name}' already exists.");
        }

        var group = new RealmGroup { Id = RealmState.NewId(), Name = name, ParentId = parent?.Id, Attributes = Attributes(body) };
        call.Realm.Groups.Add(group.Id, group);
        call.Record("CREATE", "GROUP", parent is null ? $"groups/{group.Id}" : $"groups/{parent.Id}/children", Bare(group));
        return parent is null
            ? RealmAnswer.Made(group.Id)
            : new RealmAnswer(201, RealmRepresentations.Group(call.Realm, group, brief: false), group.Id);
    }

    private static RealmAnswer Update(RealmCall call)
    {
        var group = Find(call);
        RealmCaller.Require(call.Caller.ManagesUsers);
        var body = call.Body();
        string? name = body.Text("name");
        if (string.IsNullOrWhiteSpace(name))
            throw new RealmRefusal(400, null, errorMessage: "Group name is missing");
        if (call.Realm.Children(group.ParentId).Any(g => g.Name == name && g.Id != group.Id))
            throw RealmRefusal.Exists($"Sibling group named '{name}' already exists.");
        group.Name = name;
        if (body.ContainsKey("attributes"))
            group.Attributes = Attributes(body);
        call.Record("UPDATE", "GROUP", $"groups/{group.Id}", body.DeepClone());
        return RealmAnswer.Done;
    }

    private static RealmAnswer Delete(RealmCall call)
    {
        var group = Find(call);
        RealmCaller.Require(call.Caller.ManagesUsers);
        call.Realm.RemoveGroup(group);
        call.Record("DELETE", "GROUP", $"groups/{group.Id}", Bare(group));
        return RealmAnswer.Done;
    }

    private static JsonObject Bare(RealmGroup group) => new() { ["id"] = group.Id, ["name"] = group.Name, ["subGroups"] = new JsonArray() };

    /// <summary>The column holds 255 characters; more is Keycloak's unknown error.</summary>
    private static Dictionary<string, List<string>> Attributes(JsonObject body)
    {
        var attributes = body.Lists("attributes");
        return attributes.Values.SelectMany(v => v).Any(v => v.Length > 255) ? throw RealmRefusal.Unknown() : attributes;
    }
}
