using System.Net;
using System.Text.Json.Nodes;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests.Api;

/// <summary>The REST API with tokens that a real Keycloak gives.</summary>
public sealed class ApiOnKeycloakTests(KeycloakApiDeployment deployment) : JourneyTest(deployment), IClassFixture<KeycloakApiDeployment>
{
    private const string Requests = "api/access-requests";

    [Fact]
    public async Task With_tokens_of_people_and_services_it_is_asked_on_behalf_decided_given_and_ended()
    {
        using var alice = await Person("alice");
        using var bob = await Person("bob");
        using var tickets = await Service("tickets");
        using var reports = await Service("reports");
        var body = new JsonObject { ["requesterId"] = alice.Id, ["resourceType"] = "client-role", ["resourceId"] = "ledger/read", ["justification"] = Reason };
        ApiAnswer filed = null!;
        await Until(async () => (filed = await tickets.Post(Requests, body, Ct)).Problem != "unknown-target", "it is offered");
        filed.Status.ShouldBe(HttpStatusCode.Created, filed.Body);
        body["resourceId"] = "ledger/lapse";
        (await reports.Post(Requests, body, Ct)).Problem.ShouldBe("not-on-behalf");

        await Until(async () => (await alice.Get($"{Requests}/{filed["id"]}", Ct))["status"] == "pending", "it waits for a decision");
        (await bob.Post($"{Requests}/{filed["id"]}/votes", new JsonObject { ["choice"] = "approve" }, Ct)).Status.ShouldBe(HttpStatusCode.Accepted);
        await Told(Alice, "Granted: you now have ledger/read");
        (await Holds("alice", "ledger/read")).ShouldBeTrue();
        await Told(Alice, "Your access to ledger/read has ended");
        (await Holds("alice", "ledger/read")).ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_is_disabled_in_Keycloak_is_refused_at_once()
    {
        using var erin = await Person("erin");
        (await erin.Get("api/targets", Ct)).Status.ShouldBe(HttpStatusCode.OK);
        await Administrator(HttpMethod.Put, $"users/{erin.Id}", new JsonObject { ["enabled"] = false });
        (await erin.Get("api/targets", Ct)).Problem.ShouldBe("invalid-token");
        await Administrator(HttpMethod.Put, $"users/{erin.Id}", new JsonObject { ["enabled"] = true });
    }

    [Fact]
    public async Task A_new_key_of_the_realm_opens_at_its_first_token()
    {
        using (var before = await Person("grace"))
            (await before.Get("api/targets", Ct)).Status.ShouldBe(HttpStatusCode.OK);
        await Administrator(HttpMethod.Post, "components", new JsonObject
        {
            ["name"] = "rotated",
            ["providerId"] = "rsa-generated",
            ["providerType"] = "org.keycloak.keys.KeyProvider",
            ["config"] = new JsonObject { ["priority"] = new JsonArray("1000"), ["enabled"] = new JsonArray("true"), ["active"] = new JsonArray("true") },
        });
        using var after = await Person("grace");
        (await after.Get("api/targets", Ct)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_ID_token_and_a_token_for_somebody_else_open_nothing()
    {
        var given = await Tokens("alice");
        using var withId = new ApiCaller(Deployment.Bot.Url, (string)given["id_token"]!, "");
        (await withId.Get("api/targets", Ct)).Problem.ShouldBe("invalid-token");
        using var refresh = new ApiCaller(Deployment.Bot.Url, (string)given["refresh_token"]!, "");
        (await refresh.Get("api/targets", Ct)).Problem.ShouldBe("invalid-token");
    }

    private async Task<JsonNode> Tokens(string username)
    {
        await Administrator(HttpMethod.Put, $"users/{await UserId(username)}/reset-password", new JsonObject { ["type"] = "password", ["value"] = "a password", ["temporary"] = false });
        return await Token(new() { ["grant_type"] = "password", ["client_id"] = "portal", ["username"] = username, ["password"] = "a password", ["scope"] = "openid" });
    }

    private async Task<ApiCaller> Person(string username) => new(Deployment.Bot.Url, (string)(await Tokens(username))["access_token"]!, await UserId(username));

    private async Task<ApiCaller> Service(string client) => new(
        Deployment.Bot.Url,
        (string)(await Token(new() { ["grant_type"] = "client_credentials", ["client_id"] = client, ["client_secret"] = $"{client}-secret" }))["access_token"]!,
        await UserId($"service-account-{client}"));

    private async Task<JsonNode> Token(Dictionary<string, string> form)
    {
        using var keycloak = new ApiCaller(Deployment.Realm.Server, null, "");
        using var content = new FormUrlEncodedContent(form);
        var answer = await keycloak.Send(HttpMethod.Post, $"realms/{Deployment.Realm.Name}/protocol/openid-connect/token", content, Ct);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        return answer.Json;
    }
}
