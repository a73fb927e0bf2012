using System.Text.Json.Nodes;

namespace ChatGovernance.TestSupport.Keycloak;

/// <summary>A realm with clients that call the REST API, and targets that their tests alone ask for.</summary>
public static class ApiRealm
{
    private const string Bot = "chat-governance";
    private const string OnBehalf = "request-for-others";

    /// <param name="realmFile">As Keycloak imports it.</param>
    public static string Of(string realmFile)
    {
        var file = JsonNode.Parse(realmFile)!.AsObject();
        var everybody = $"default-roles-{(string)file["realm"]!}";
        var clients = file["clients"]!.AsArray();
        clients.Add(new JsonObject
        {
            ["clientId"] = "portal",
            ["publicClient"] = true,
            ["standardFlowEnabled"] = false,
            ["directAccessGrantsEnabled"] = true,
            ["protocolMappers"] = new JsonArray(ForTheBot()),
        });
        clients.Add(Service("tickets"));
        var reports = Service("reports");
        reports["protocolMappers"] = new JsonArray(ForTheBot());
        clients.Add(reports);
        file["roles"]!["client"]!.AsObject()[Bot] = new JsonArray(new JsonObject { ["name"] = OnBehalf });

        var users = file["users"]!.AsArray();
        var tickets = ServiceAccount("tickets", everybody);
        tickets["clientRoles"] = new JsonObject { [Bot] = new JsonArray(OnBehalf) };
        users.Add(tickets);
        users.Add(ServiceAccount("reports", everybody));

        var apps = file["groups"]!.AsArray().Single(group => (string)group!["name"]! == "apps")!["subGroups"]!.AsArray();
        apps.Add(Requestable("strongroom", ("risk", "high")));
        foreach (var side in (string[])["left", "right"])
            apps.Add(new JsonObject { ["name"] = side, ["subGroups"] = new JsonArray(Requestable("twin")) });
        return file.ToJsonString();
    }

    private static JsonObject Service(string client) => new()
    {
        ["clientId"] = client,
        ["secret"] = $"{client}-secret",
        ["publicClient"] = false,
        ["serviceAccountsEnabled"] = true,
        ["standardFlowEnabled"] = false,
    };

    private static JsonObject ServiceAccount(string client, string role) => new()
    {
        ["username"] = $"service-account-{client}",
        ["enabled"] = true,
        ["serviceAccountClientId"] = client,
        ["realmRoles"] = new JsonArray(role),
    };

    private static JsonObject ForTheBot() => new()
    {
        ["name"] = "for the bot's API",
        ["protocol"] = "openid-connect",
        ["protocolMapper"] = "oidc-audience-mapper",
        ["config"] = new JsonObject { ["included.client.audience"] = Bot, ["access.token.claim"] = "true" },
    };

    private static JsonObject Requestable(string name, params (string Name, string Value)[] attributes)
    {
        var all = new JsonObject { ["requestable"] = new JsonArray("true") };
        foreach (var (attribute, value) in attributes)
            all[attribute] = new JsonArray(value);
        return new JsonObject { ["name"] = name, ["attributes"] = all };
    }
}
