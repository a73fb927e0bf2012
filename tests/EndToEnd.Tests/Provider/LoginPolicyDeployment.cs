using System.Text.Json.Nodes;
using ChatGovernance.TestSupport.Bots;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.EndToEnd.Tests.Provider;

/// <summary>
/// A bot that may set login policies, on a Keycloak with the provider and with fine-grained permissions of which it has been given none.
/// Bob and Carol are administrators. Its policy file closes the clients <c>shop</c> and <c>portal</c>; <c>till</c> it does not name.
/// </summary>
public sealed class LoginPolicyDeployment : Deployment
{
    public const string PolicyText =
        """
        version: 1
        logins:
          shop:
            any-of: [curator, ledger/read]
          portal:
            groups: /apps/comet
            message: Ask the people of comet.
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("chatgovernance-logins-").FullName;
    private KeycloakServer? server;

    public string PolicyPath => Path.Combine(folder, "policy.yaml");

    public string AdministratorName => server!.Administrator;

    public override Dictionary<string, string> Settings => new(base.Settings)
    {
        ["Access:AdministratorGroup"] = "/approvers",
        ["Keycloak:ManageLoginPolicies"] = "true",
        ["Keycloak:CatalogRefresh"] = "00:00:01",
        ["Policy:File"] = PolicyPath,
        ["KEYCLOAK_ADMIN_PASSWORD"] = server!.Password,
    };

    public override async Task Start(string realmFile, CancellationToken ct)
    {
        if (server is null)
        {
            await File.WriteAllTextAsync(PolicyPath, PolicyText, ct);
            server = await KeycloakServer.WithProviderAsync();
            Realm = await TestRealm.CreateAsync(server, With(realmFile), ct);
        }

        await base.Start(realmFile, ct);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string With(string realmFile)
    {
        var realm = JsonNode.Parse(realmFile)!;
        realm["adminPermissionsEnabled"] = true;
        realm["sslRequired"] = "none";
        realm["requiredActions"] = new JsonArray(new JsonObject
        {
            ["alias"] = LoginPolicyRealm.Action,
            ["name"] = "Required roles for login",
            ["providerId"] = LoginPolicyRealm.Action,
            ["enabled"] = true,
            ["priority"] = 1,
        });
        realm["clients"]!.AsArray().Add(new JsonObject { ["clientId"] = "shop", ["secret"] = "shop", ["directAccessGrantsEnabled"] = true });
        realm["clients"]!.AsArray().Add(new JsonObject { ["clientId"] = "portal", ["protocol"] = "saml" });
        realm["clients"]!.AsArray().Add(new JsonObject { ["clientId"] = "till" });
        var users = realm["users"]!.AsArray();
        users.Single(user => (string)user!["username"]! == "service-account-chat-governance")!["clientRoles"] = new JsonObject();
        foreach (var user in users.Where(user => !((string)user!["username"]!).StartsWith("service-account-", StringComparison.Ordinal)))
            user!["credentials"] = new JsonArray(new JsonObject { ["type"] = "password", ["value"] = (string)user["username"]! });
        return realm.ToJsonString();
    }
}
