using System.Text.Json.Nodes;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>A bot whose REST API is called with tokens of a real Keycloak.</summary>
public sealed class KeycloakApiDeployment : LoginDeployment
{
    public override Task Start(string realmFile, CancellationToken ct) => base.Start(ApiRealm.Of(realmFile), ct);
}

/// <summary>A bot whose REST API is called, with the sandbox's realm, which signs whatever token a test wants.</summary>
public class ApiDeployment : LoginDeployment
{
    public override Dictionary<string, string> Settings => new(base.Settings)
    {
        ["Access:AdministratorGroup"] = "/owners",
        ["Access:SecurityGroup"] = "/on-call",
        ["Api:CallsPerMinute"] = "60000",
    };

    protected override RealmKind Realms => RealmKind.Sandbox;

    public override Task Start(string realmFile, CancellationToken ct) => base.Start(ApiRealm.Of(realmFile), ct);

    /// <summary>What an access token of somebody says; fresh, for the bot.</summary>
    /// <param name="client">To whom it was given.</param>
    public async Task<JsonObject> Claims(string username, string client, CancellationToken ct)
    {
        var user = (string)(await Realm.Get($"users?exact=true&username={username}", ct))!.AsArray().Single()!["id"]!;
        var now = TimeProvider.System.GetUtcNow();
        return new JsonObject
        {
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["jti"] = Guid.CreateVersion7().ToString(),
            ["iss"] = $"{Realm.Server.ToString().TrimEnd('/')}/realms/{Realm.Name}",
            ["aud"] = new JsonArray("chat-governance", "account"),
            ["sub"] = user,
            ["typ"] = "Bearer",
            ["azp"] = client,
        };
    }

    /// <summary>Somebody with a token of theirs.</summary>
    public async Task<ApiCaller> Caller(string username, CancellationToken ct)
    {
        var claims = await Claims(username, "portal", ct);
        return new ApiCaller(Bot.Url, Realm.Sandbox!.Sign(claims), (string)claims["sub"]!);
    }

    /// <summary>The service of a client.</summary>
    /// <param name="mayFileForOthers">With the role for that.</param>
    public async Task<ApiCaller> Service(string client, bool mayFileForOthers, CancellationToken ct)
    {
        var claims = await Claims($"service-account-{client}", client, ct);
        if (mayFileForOthers)
            claims["resource_access"] = new JsonObject { ["chat-governance"] = new JsonObject { ["roles"] = new JsonArray("request-for-others") } };
        return new ApiCaller(Bot.Url, Realm.Sandbox!.Sign(claims), (string)claims["sub"]!);
    }
}
