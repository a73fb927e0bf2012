using System.Text.Json.Nodes;
using ChatGovernance.TestSupport.Bots;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.EndToEnd.Tests.Provider;

/// <summary>
/// A bot, and a Keycloak with the provider that sends its events to it and to a SIEM. The client <c>shop</c> is for whoever holds the role
/// <c>curator</c>, <c>desk</c> for <c>steward</c> and members of <c>/apps/comet</c>. The bot looks by itself at its start, and then only once in ten minutes.
/// </summary>
public sealed class ForwardingDeployment : Deployment
{
    public const string BotSecret = "what-the-provider-and-the-bot-know";
    public const string SiemSecret = "what-the-provider-and-the-siem-know";

    public OwnKeycloak Keycloak { get; private set; } = null!;

    /// <summary>In front of the bot.</summary>
    public EventReceiver ToBot { get; private set; } = null!;

    public EventReceiver Siem { get; private set; } = null!;

    public override Dictionary<string, string> Settings => new(base.Settings)
    {
        ["Keycloak:EventSecret"] = BotSecret,
        ["Keycloak:CatalogRefresh"] = "00:10:00",
    };

    public override async Task Start(string realmFile, CancellationToken ct)
    {
        if (Keycloak is null)
        {
            ToBot = await EventReceiver.Start(ct);
            ToBot.PassesOnTo = () => Bot?.Url;
            Siem = await EventReceiver.Start(ct);
            Keycloak = await OwnKeycloak.Start(
            [
                ("KC_SPI_EVENTS_LISTENER__CHATGOVERNANCE__BOT_URL", $"{ToBot.Url}"),
                ("KC_SPI_EVENTS_LISTENER__CHATGOVERNANCE__BOT_SECRET", BotSecret),
                ("KC_SPI_EVENTS_LISTENER__CHATGOVERNANCE__WEBHOOKS", "siem"),
                ("KC_SPI_EVENTS_LISTENER__CHATGOVERNANCE__SIEM_URL", $"{Siem.Url}"),
                ("KC_SPI_EVENTS_LISTENER__CHATGOVERNANCE__SIEM_SECRET", SiemSecret),
            ], ct);
            Realm = await TestRealm.CreateAsync(Keycloak.Server, WithPolicies(realmFile), ct);
        }

        await base.Start(realmFile, ct);
    }

    public override async ValueTask DisposeAsync()
    {
        if (Realm is not null && Keycloak is not null)
            Realm.Administrator.Dispose(); // it goes with its server
        Realm = null!;
        await base.DisposeAsync();
        if (Keycloak is not null)
            await Keycloak.DisposeAsync();
        if (ToBot is not null)
            await ToBot.DisposeAsync();
        if (Siem is not null)
            await Siem.DisposeAsync();
    }

    private static string WithPolicies(string realmFile)
    {
        var realm = JsonNode.Parse(realmFile)!;
        realm["eventsEnabled"] = true;
        realm["sslRequired"] = "none";
        realm["requiredActions"] = new JsonArray(new JsonObject
        {
            ["alias"] = LoginPolicyRealm.Action,
            ["name"] = "Required roles for login",
            ["providerId"] = LoginPolicyRealm.Action,
            ["enabled"] = true,
            ["priority"] = 1,
        });
        realm["requiredActions"]!.AsArray().Add(new JsonObject
        {
            ["alias"] = "chatgovernance-access-request",
            ["name"] = "Request access at login",
            ["providerId"] = "chatgovernance-access-request",
            ["enabled"] = true,
            ["priority"] = 2,
        });
        var apps = realm["groups"]!.AsArray().Single(group => (string)group!["name"]! == "apps")!["subGroups"]!.AsArray();
        apps[0]!["attributes"]!["description"] = new JsonArray("<script>alert(1)</script>");
        apps.Add(new JsonObject { ["name"] = "hidden", ["attributes"] = new JsonObject { ["requestable"] = new JsonArray("true"), ["eligible-group"] = new JsonArray("/owners-of-nothing") } });
        realm["clients"]!.AsArray().Add(Client("shop", "The shop", ("any-of", "curator")));
        realm["clients"]!.AsArray().Add(Client("desk", "The desk", ("all-of", "steward"), ("groups", "/apps/comet")));
        realm["clients"]!.AsArray().Add(Client("ledger-open", "Open to all"));
        foreach (var user in realm["users"]!.AsArray().Where(user => !((string)user!["username"]!).StartsWith("service-account-", StringComparison.Ordinal)))
            user!["credentials"] = new JsonArray(new JsonObject { ["type"] = "password", ["value"] = (string)user["username"]! });
        return realm.ToJsonString();
    }

    private static JsonObject Client(string clientId, string name, params (string Key, string Value)[] policy) => new()
    {
        ["clientId"] = clientId,
        ["name"] = name,
        ["secret"] = clientId,
        ["redirectUris"] = new JsonArray("*"),
        ["standardFlowEnabled"] = true,
        ["directAccessGrantsEnabled"] = true,
        ["protocolMappers"] = new JsonArray(new JsonObject
        {
            ["name"] = "Who may log in",
            ["protocol"] = "openid-connect",
            ["protocolMapper"] = "chatgovernance-oidc-login-policy",
            ["config"] = new JsonObject(policy.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)value.Value))),
        }),
    };
}
