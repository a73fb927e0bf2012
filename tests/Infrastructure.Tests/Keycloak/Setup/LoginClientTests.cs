using System.Text.Json.Nodes;
using ChatGovernance.Core.Health;
using ChatGovernance.Infrastructure.Keycloak;
using ChatGovernance.Infrastructure.Keycloak.Setup;
using ChatGovernance.TestSupport.Keycloak;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGovernance.Infrastructure.Tests.Keycloak.Setup;

/// <summary>What the doctor says of the client that people log in with, on a real Keycloak: the sandbox realm logs nobody in.</summary>
public sealed class LoginClientTests(RealDirectoryRealm realm) : IClassFixture<RealDirectoryRealm>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_none_is_named_nothing_is_said() => (await Examine([])).ShouldBeNull();

    [Fact]
    public async Task One_that_is_not_there_is_named() =>
        (await Examine([new("Login:ClientId", "nowhere")])).ShouldNotBeNull().Sentence.ShouldContain("There is no client nowhere");

    [Theory]
    [InlineData("off", false, "https://bot.example.org/*", CheckResult.Failed, "The standard flow is off")]
    [InlineData("elsewhere", true, "https://other.example.org/*", CheckResult.Failed, "does not send people back to https://bot.example.org/signin-keycloak")]
    [InlineData("well", true, "https://bot.example.org/*", CheckResult.Ok, "People can log in")]
    [InlineData("exact", true, "https://bot.example.org/signin-keycloak", CheckResult.Ok, "People can log in")]
    public async Task One_with_which_nobody_can_log_in_is_named(string clientId, bool flow, string redirect, CheckResult result, string said)
    {
        await realm.Realm.Send(HttpMethod.Post, "clients", new JsonObject { ["clientId"] = clientId, ["standardFlowEnabled"] = flow, ["redirectUris"] = new JsonArray(redirect) }, Ct);

        var check = (await Examine([new("Login:ClientId", clientId), new("PublicUrl", "https://bot.example.org/")])).ShouldNotBeNull();
        check.Result.ShouldBe(result);
        check.Sentence.ShouldContain(said);
    }

    private async Task<Check?> Examine(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        await using var services = KeycloakAccess.To(realm.Realm);
        return await new LoginClient(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).Examine(services.GetRequiredService<KeycloakClient>(), Ct);
    }
}
