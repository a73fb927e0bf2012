using System.Text.Json.Nodes;
using ChatGovernance.Core.Health;
using ChatGovernance.TestSupport.Keycloak;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGovernance.Infrastructure.Tests.Keycloak.Setup;

/// <summary>What the doctor says of a realm, on both servers; each test has one of its own and makes one thing wrong.</summary>
public abstract class ExamineKeycloakTests(RealmKind kind) : IAsyncLifetime
{
    private TestRealm realm = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => realm = await TestRealm.CreateAsync(kind, SandboxRealmFile.Json, Ct);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (realm is not null)
            await realm.DisposeAsync();
    }

    [Fact]
    public async Task A_realm_that_is_set_up_as_documented_is_well() =>
        (await Examine()).Where(check => check.Result != CheckResult.Ok).ShouldBeEmpty();

    [Theory]
    [InlineData("view-realm", "privilege view-realm")]
    [InlineData("view-events", "privilege view-events")]
    [InlineData("view-clients", "clients")]
    [InlineData("manage-users", "people")]
    public async Task A_privilege_that_the_bot_lacks_is_named(string role, string name)
    {
        await Map(HttpMethod.Delete, role);

        var check = (await Examine()).Single(found => found.Name == name);
        check.Result.ShouldBe(CheckResult.Failed);
        check.Mend.ShouldNotBeNull().ShouldContain(role);
    }

    [Theory]
    [InlineData("realm-admin", CheckResult.Failed)]
    [InlineData("manage-realm", CheckResult.Failed)]
    [InlineData("impersonation", CheckResult.Failed)]
    [InlineData("manage-clients", CheckResult.Failed)]
    [InlineData("view-identity-providers", CheckResult.Warning)]
    [InlineData("query-users", CheckResult.Ok)]
    [InlineData("view-users", CheckResult.Ok)]
    public async Task A_privilege_that_the_bot_should_not_have_is_named(string role, CheckResult result)
    {
        await Map(HttpMethod.Post, role);

        var check = (await Examine()).Single(found => found.Name == "excess");
        check.Result.ShouldBe(result);
        if (result != CheckResult.Ok)
            check.Sentence.ShouldContain(role);
    }

    [Fact]
    public async Task Events_that_are_off_or_say_too_little_or_are_kept_too_short_are_named()
    {
        (await Events(on: false)).Result.ShouldBe(CheckResult.Failed);
        (await Events(details: false)).Sentence.ShouldContain("without representations");
        if (kind == RealmKind.Sandbox)
            return; // keeps everything
        (await Events(keptFor: 3600)).Result.ShouldBe(CheckResult.Failed);
        (await Events(keptFor: 7 * 86400)).Result.ShouldBe(CheckResult.Warning);
        (await Events(keptFor: 30 * 86400)).Sentence.ShouldContain("kept for 30 days");
    }

    [Fact]
    public async Task A_secret_that_Keycloak_does_not_take_is_named_and_nothing_else_is_guessed()
    {
        var check = (await Examine(secret: "wrong")).ShouldHaveSingleItem();

        check.Result.ShouldBe(CheckResult.Failed);
        check.Mend.ShouldNotBeNull().ShouldContain("Keycloak:ClientSecret");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named()
    {
        await using var services = KeycloakAccess.To(new Uri("http://127.0.0.1:9/"), "demo", "chat-governance", "s", TimeSpan.FromSeconds(5), TimeProvider.System);
        var check = (await Examine(services)).ShouldHaveSingleItem();

        check.Result.ShouldBe(CheckResult.Failed);
        check.Sentence.ShouldBe("It does not answer.");
    }

    private async Task<IReadOnlyList<Check>> Examine(string secret = "bot-secret")
    {
        await using var services = KeycloakAccess.To(realm, secret: secret);
        return await Examine(services);
    }

    private static async Task<IReadOnlyList<Check>> Examine(ServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetServices<IExaminer>().Single(examiner => examiner.Part == "Keycloak").Examine(Ct);
    }

    private async Task<Check> Events(bool on = true, bool details = true, int keptFor = 0)
    {
        await realm.Send(HttpMethod.Put, "events/config", new JsonObject { ["adminEventsEnabled"] = on, ["adminEventsDetailsEnabled"] = details }, Ct);
        if (kind == RealmKind.Keycloak)
            await realm.Send(HttpMethod.Put, "", new JsonObject { ["attributes"] = new JsonObject { ["adminEventsExpiration"] = $"{keptFor}" } }, Ct);
        return (await Examine()).Single(check => check.Name == "admin events");
    }

    private async Task Map(HttpMethod method, string role)
    {
        var bot = (await realm.Get("clients?clientId=chat-governance", Ct))![0]!["id"]!;
        var account = (await realm.Get($"clients/{bot}/service-account-user", Ct))!["id"]!;
        var management = (await realm.Get("clients?clientId=realm-management", Ct))![0]!["id"]!;
        var row = (await realm.Get($"clients/{management}/roles", Ct))!.AsArray().Single(r => (string)r!["name"]! == role)!;
        await realm.Send(method, $"users/{account}/role-mappings/clients/{management}", new JsonArray(new JsonObject { ["id"] = (string)row["id"]!, ["name"] = role }), Ct);
    }
}

public sealed class SandboxExamineKeycloakTests() : ExamineKeycloakTests(RealmKind.Sandbox);

public sealed class RealExamineKeycloakTests() : ExamineKeycloakTests(RealmKind.Keycloak);
