using System.Text.Json.Nodes;
using ChatGovernance.Core.Health;
using ChatGovernance.Infrastructure.Keycloak;
using ChatGovernance.Infrastructure.Keycloak.Setup;
using ChatGovernance.TestSupport.Keycloak;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Tests.Keycloak.Setup;

/// <summary>What the doctor says of the client that people log in with, on a real Keycloak: the sandbox realm logs nobody in.</summary>
public sealed class LoginClientTests(RealDirectoryRealm realm) : IClassFixture<RealDirectoryRealm>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly KeyValuePair<string, string?> address = new("PublicUrl", "https://bot.example.org/");

    [Fact]
    public async Task Where_people_do_not_log_in_nothing_is_said() => (await Examine([])).ShouldBeEmpty();

    [Fact]
    public async Task One_that_cannot_be_reached_is_named() =>
        (await Examine([new("Login:ClientId", "well")])).ShouldHaveSingleItem().Sentence.ShouldContain("PublicUrl is missing");

    [Fact]
    public async Task One_that_is_not_there_is_named() =>
        (await Examine([new("Login:ClientId", "nowhere"), address])).ShouldHaveSingleItem().Sentence.ShouldContain("There is no client nowhere");

    [Fact]
    public async Task Where_none_is_named_it_is_the_bots_own() =>
        (await Examine([address])).ShouldHaveSingleItem().Sentence.ShouldContain("The client chat-governance does not send people back");

    [Theory]
    [InlineData("off", false, "https://bot.example.org/*", CheckResult.Failed, "The standard flow is off")]
    [InlineData("elsewhere", true, "https://other.example.org/*", CheckResult.Failed, "does not send people back to https://bot.example.org/signin-keycloak")]
    [InlineData("well", true, "https://bot.example.org/*", CheckResult.Ok, "People can log in")]
    [InlineData("exact", true, "https://bot.example.org/signin-keycloak", CheckResult.Ok, "People can log in")]
    public async Task One_with_which_nobody_can_log_in_is_named(string clientId, bool flow, string redirect, CheckResult result, string said)
    {
        await realm.Realm.Send(HttpMethod.Post, "clients", new JsonObject { ["clientId"] = clientId, ["standardFlowEnabled"] = flow, ["redirectUris"] = new JsonArray(redirect) }, Ct);

        var check = (await Examine([new("Login:ClientId", clientId), address])).ShouldHaveSingleItem();
        check.Result.ShouldBe(result);
        check.Sentence.ShouldContain(said);
    }

    [Theory]
    [InlineData("gold", CheckResult.Ok)]
    [InlineData("platinum", CheckResult.Ok)]
    [InlineData("2", CheckResult.Ok)]
    [InlineData("silver", CheckResult.Failed)]
    public async Task A_level_that_no_login_can_have_is_named(string level, CheckResult result)
    {
        var clientId = $"levels-{level}";
        await realm.Realm.Send(HttpMethod.Post, "clients", new JsonObject { ["clientId"] = clientId, ["redirectUris"] = new JsonArray("https://bot.example.org/*"), ["attributes"] = new JsonObject { ["acr.loa.map"] = """{"gold":2}""" } }, Ct);

        var checks = await Examine([new("Login:ClientId", clientId), new("Login:Acr", level), address], new Dictionary<string, string?> { ["acr.loa.map"] = """{"platinum":3}""" });
        checks.Single(check => check.Name == "login level").Result.ShouldBe(result);
    }

    private async Task<IReadOnlyList<Check>> Examine(IEnumerable<KeyValuePair<string, string?>> settings, Dictionary<string, string?>? realmAttributes = null)
    {
        await using var services = KeycloakAccess.To(realm.Realm);
        var login = new LoginClient(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), services.GetRequiredService<IOptions<KeycloakOptions>>());
        return await login.Examine(services.GetRequiredService<KeycloakClient>(), new RealmRow("any", Attributes: realmAttributes), Ct);
    }
}
