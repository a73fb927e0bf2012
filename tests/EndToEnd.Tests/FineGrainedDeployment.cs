using System.Text.Json.Nodes;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>Fine-grained admin permissions are on, and the bot's account has been given nothing at all. A group that nobody told it of has Dave in it.</summary>
public sealed class FineGrainedDeployment : Deployment
{
    public const string Unlisted = "/unlisted";

    public override Dictionary<string, string> Settings => new(base.Settings)
    {
        ["Access:SecurityGroup"] = "/leavers",
        ["KEYCLOAK_ADMIN_PASSWORD"] = Environment.GetEnvironmentVariable("KEYCLOAK_ADMIN_PASSWORD") ?? "admin",
    };

    public override Task Start(string realmFile, CancellationToken ct)
    {
        var realm = JsonNode.Parse(realmFile)!;
        realm["adminPermissionsEnabled"] = true;
        realm["groups"]!.AsArray().Add(new JsonObject { ["name"] = Unlisted[1..] });
        var users = realm["users"]!.AsArray();
        users.Single(user => (string)user!["username"]! == "service-account-chat-governance")!["clientRoles"] = new JsonObject();
        users.Single(user => (string)user!["username"]! == "dave")!["groups"] = new JsonArray("/owners", Unlisted);
        return base.Start(realm.ToJsonString(), ct);
    }
}
