using System.Text.Json.Nodes;
using ChatGovernance.Core.Health;
using ChatGovernance.TestSupport.Keycloak;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGovernance.Infrastructure.Tests.Keycloak.Setup;

/// <summary>What the doctor says of a realm whose Keycloak sends its events to the bot, on a real one.</summary>
public sealed class LoginEventsTests(RealDirectoryRealm realm) : IClassFixture<RealDirectoryRealm>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, "", CheckResult.Failed)]
    [InlineData(true, "", CheckResult.Ok)]
    [InlineData(true, "LOGIN LOGIN_ERROR", CheckResult.Ok)]
    [InlineData(true, "LOGIN LOGOUT", CheckResult.Failed)]
    public async Task Denied_logins_must_be_stored(bool on, string types, CheckResult result)
    {
        var saved = new JsonArray([.. types.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(type => (JsonNode)type)]);
        await realm.Realm.Send(HttpMethod.Put, "events/config", new JsonObject { ["eventsEnabled"] = on, ["enabledEventTypes"] = saved }, Ct);

        (await Examine("what the provider signs with")).Single(check => check.Name == "login events").Result.ShouldBe(result);
    }

    [Fact]
    public async Task Where_Keycloak_sends_nothing_nothing_is_said() => (await Examine(null)).ShouldNotContain(check => check.Name == "login events");

    private async Task<IReadOnlyList<Check>> Examine(string? secret)
    {
        await using var services = KeycloakAccess.To(realm.Realm, eventSecret: secret);
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetServices<IExaminer>().Single(examiner => examiner.Part == "Keycloak").Examine(Ct);
    }
}
