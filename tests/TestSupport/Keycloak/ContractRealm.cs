using System.Text.Json.Nodes;

namespace ChatGovernance.TestSupport.Keycloak;

/// <summary>
/// A realm with the names, pages and privileges that the contract tests ask about. Each script that changes something
/// has people of its own, so that scripts run in any order.
/// </summary>
public static class ContractRealm
{
    /// <summary>Secret of every client.</summary>
    public const string Secret = "s";

    /// <summary>Callers by clientId, with their service account's roles of <c>realm-management</c>.</summary>
    public static IReadOnlyDictionary<string, string[]> Callers { get; } = new Dictionary<string, string[]>
    {
        ["bot"] = ["manage-users", "view-realm", "view-clients", "view-events"],
        ["nobody"] = [],
        ["asks"] = ["query-users", "query-groups", "query-clients"],
        ["views-users"] = ["view-users"],
        ["manages-users"] = ["manage-users"],
        ["views-realm"] = ["view-realm"],
        ["views-clients"] = ["view-clients"],
        ["views-events"] = ["view-events"],
    };

    /// <summary>Names that need encoding somewhere on the way.</summary>
    public static IReadOnlyList<string> OddNames { get; } =
        [" lead", "100% + more", "a b", "amp&er=sand", "c#d?e", "emoji 🚀", "quo\"te", "semi;colon", "tilde~back\\slash", "ünï cödé", "x/y"];

    public static string Json { get; } = Build().ToJsonString();

    private static JsonObject Build() => new()
    {
        ["realm"] = "contract",
        ["enabled"] = true,
        ["adminEventsEnabled"] = true,
        ["adminEventsDetailsEnabled"] = true,
        ["accessTokenLifespan"] = 240,
        ["roles"] = new JsonObject
        {
            ["realm"] = new JsonArray(
                Role("auditor", Target()),
                Role("staff"),
                Role("Staff"),
                Role("role 100% + ünï/odd", Target()),
                Role("finance-all", Target(), new JsonObject { ["realm"] = Texts("auditor", "staff"), ["client"] = new JsonObject { ["ledger"] = Texts("read") } }),
                Role("everything", null, new JsonObject { ["realm"] = Texts("finance-all") }),
                Role("hidden-admin", Target(), new JsonObject { ["client"] = new JsonObject { ["realm-management"] = Texts("manage-realm") } })),
            ["client"] = new JsonObject
            {
                ["ledger"] = new JsonArray(Role("read", Target()), Role("write", Target()), Role("a b+c", Target()), Role("all", null, new JsonObject { ["client"] = new JsonObject { ["ledger"] = Texts("read", "write") } })),
                ["https://sp.example.org/a?b=c"] = new JsonArray(Role("read")),
            },
        },
        ["clients"] = Rows(
            Callers.Keys.Select(c => Client(c, serviceAccount: true))
                .Append(Client("ledger"))
                .Append(Client("Ledger-2"))
                .Append(Client("https://sp.example.org/a?b=c"))
                .Append(Off(Client("off", serviceAccount: true)))),
        ["groups"] = new JsonArray(
            Group("databases", Group("owners"), Offered("production", Offered("deep")), Tagged("staging", "other")),
            Group("finance", Group("owners"), With(Group("leads"), "realmRoles", Texts("finance-all")), With(Offered("payments", Offered("emergency")), "clientRoles", new JsonObject { ["ledger"] = Texts("write") })),
            With(Group("administrators", Offered("helpers")), "clientRoles", new JsonObject { ["realm-management"] = Texts("realm-admin") }),
            With(Offered("quiet-administrators", Group("helpers")), "realmRoles", Texts("hidden-admin")),
            Group("odd", [.. OddNames.Select(n => Tagged(n, n))]),
            Group("a/b"),
            Group("a", Group("b")),
            Group("wide", [.. Enumerable.Range(1, 12).Select(n => Tagged($"w{n:00}", "wide"))]),
            Group("crowd"),
            Group("joined"),
            Group("left", Group("below")),
            Group("lead"),
            Attributed(Group("marks"), ("requestable", ["false", "true"]), ("note", ["a", "b c"]))),
        ["components"] = new JsonObject
        {
            ["org.keycloak.userprofile.UserProfileProvider"] = new JsonArray(new JsonObject
            {
                ["providerId"] = "declarative-user-profile",
                ["config"] = new JsonObject { ["kc.user.profile.config"] = Texts(Profile().ToJsonString()) },
            }),
        },
        ["users"] = Rows(People().Concat(Callers.Keys.Append("off").Select(ServiceAccount))),
    };

    private static IEnumerable<JsonObject> People()
    {
        yield return Person("alice", "T1/U1", "/databases/owners");
        yield return Person("bob", "t1/u1", "/databases/owners", "/finance/leads", "/wide/w01", "/wide/w02");
        yield return With(Person("carol", "T1/U3", "/finance/payments/emergency"), "emailVerified", false);
        yield return With(Person("dave", "quo\"te back\\slash", "/odd/a b"), "enabled", false);
        yield return With(Person("erin", "T1/Ü 5", "/administrators/helpers"), "email", "erin+tag@example.org");
        yield return With(Person("frank", null), "realmRoles", Texts("default-roles-contract", "finance-all"));
        yield return With(Person("grace", null, "/quiet-administrators/helpers"), "clientRoles", new JsonObject { ["ledger"] = Texts("all") });
        yield return With(Person("heidi", null), "realmRoles", Texts("everything"));
        foreach (string name in (string[])["joins", "leaves", "adds-realm", "removes-realm", "adds-client", "removes-client", "events", "since"])
            yield return Person(name, null, name == "leaves" ? ["/left", "/left/below", "/joined"] : []);
        for (int n = 1; n <= 105; n++)
            yield return new JsonObject { ["username"] = $"crowd{n:000}", ["enabled"] = true, ["groups"] = Texts("/crowd") };
    }

    private static JsonObject Person(string name, string? slack, params string[] groups)
    {
        var person = new JsonObject
        {
            ["username"] = name,
            ["enabled"] = true,
            ["email"] = $"{name}@example.org",
            ["emailVerified"] = true,
            ["firstName"] = "First",
            ["lastName"] = name,
            ["realmRoles"] = Texts("default-roles-contract"),
            ["groups"] = Texts(groups),
        };
        if (slack is not null)
            person["attributes"] = new JsonObject { ["slack-id"] = Texts(slack) };
        return person;
    }

    private static JsonObject ServiceAccount(string client)
    {
        string[] roles = Callers.GetValueOrDefault(client) ?? [];
        return new JsonObject
        {
            ["username"] = $"service-account-{client}",
            ["enabled"] = true,
            ["serviceAccountClientId"] = client,
            ["realmRoles"] = Texts("default-roles-contract"),
            ["clientRoles"] = roles.Length == 0 ? [] : new JsonObject { ["realm-management"] = Texts(roles) },
            ["groups"] = client == "nobody" ? Texts("/databases/owners") : [],
        };
    }

    private static JsonObject Client(string clientId, bool serviceAccount = false) => new()
    {
        ["clientId"] = clientId,
        ["secret"] = Secret,
        ["publicClient"] = false,
        ["serviceAccountsEnabled"] = serviceAccount,
        ["standardFlowEnabled"] = false,
    };

    private static JsonObject Off(JsonObject client) => With(client, "enabled", false);

    private static JsonObject Role(string name, JsonObject? attributes = null, JsonObject? composites = null)
    {
        var role = new JsonObject { ["name"] = name };
        if (attributes is not null)
            role["attributes"] = attributes;
        if (composites is not null)
            role["composites"] = composites;
        return role;
    }

    private static JsonObject Group(string name, params JsonObject[] subGroups) => new() { ["name"] = name, ["subGroups"] = Rows(subGroups) };

    private static JsonObject Offered(string name, params JsonObject[] subGroups) => With(Group(name, subGroups), "attributes", Target());

    private static JsonObject Tagged(string name, string tag) => With(Group(name), "attributes", Target(tag));

    private static JsonObject Target(string tag = "usual") => new()
    {
        ["requestable"] = Texts("true"),
        ["approver-group"] = Texts("/databases/owners", "/finance/owners"),
        ["tag"] = Texts(tag),
    };

    private static JsonObject Attributed(JsonObject group, params (string Name, string[] Values)[] attributes) =>
        With(group, "attributes", new JsonObject(attributes.Select(a => KeyValuePair.Create(a.Name, (JsonNode?)Texts(a.Values)))));

    private static JsonObject With(JsonObject row, string name, JsonNode value)
    {
        row[name] = value;
        return row;
    }

    private static JsonArray Texts(params string[] values) => [.. values.Select(v => JsonValue.Create(v))];

    private static JsonArray Rows(IEnumerable<JsonObject> rows) => [.. rows];

    private static JsonObject Profile()
    {
        string[] usual = ["username", "email", "firstName", "lastName"];
        var rows = usual.Select(n => Declared(n, "admin", "user")).Append(Declared("slack-id", "admin")).Append(Declared("nickname", "admin", "user"));
        return new JsonObject { ["attributes"] = Rows(rows) };
    }

    private static JsonObject Declared(string name, params string[] who) => new()
    {
        ["name"] = name,
        ["permissions"] = new JsonObject { ["view"] = Texts(who), ["edit"] = Texts(who) },
        ["multivalued"] = false,
    };
}
