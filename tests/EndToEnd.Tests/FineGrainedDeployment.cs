using System.Text.Json.Nodes;
using ChatGovernance.TestSupport.Bots;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>
/// Fine-grained admin permissions are on, and the bot's account has been given nothing at all. A group that nobody told it of has Dave
/// in it, and so does a role of a client that only a rule names.
/// </summary>
public sealed class FineGrainedDeployment : Deployment
{
    public const string Unlisted = "/unlisted";

    /// <summary>Must not be held together with <c>/apps/island</c>.</summary>
    public const string Excluded = "payroll/run";

    private KeycloakServer? server;

    public string AdministratorName => server!.Administrator;

    public override Dictionary<string, string> Settings => new(base.Settings)
    {
        ["Access:SecurityGroup"] = "/leavers",
        ["KEYCLOAK_ADMIN_PASSWORD"] = server!.Password,
    };

    public override async Task Start(string realmFile, CancellationToken ct)
    {
        server = await KeycloakServer.GetAsync();
        var realm = JsonNode.Parse(realmFile)!;
        realm["adminPermissionsEnabled"] = true;
        realm["groups"]!.AsArray().Add(new JsonObject { ["name"] = Unlisted[1..] });
        realm["clients"]!.AsArray().Add(new JsonObject { ["clientId"] = "payroll" });
        realm["roles"]!["client"]!["payroll"] = new JsonArray(new JsonObject { ["name"] = "run" });
        Named(Named(realm["groups"]!, "apps")["subGroups"]!, "island")["attributes"]!["excludes"] = new JsonArray(Excluded);
        var users = realm["users"]!.AsArray();
        users.Single(user => (string)user!["username"]! == "service-account-chat-governance")!["clientRoles"] = new JsonObject();
        var dave = users.Single(user => (string)user!["username"]! == "dave")!;
        dave["groups"] = new JsonArray("/owners", Unlisted);
        dave["clientRoles"] = new JsonObject { ["payroll"] = new JsonArray("run") };
        await base.Start(realm.ToJsonString(), ct);
    }

    private static JsonNode Named(JsonNode groups, string name) => groups.AsArray().Single(group => (string)group!["name"]! == name)!;
}
