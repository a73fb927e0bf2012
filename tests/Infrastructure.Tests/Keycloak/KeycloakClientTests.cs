using ChatGovernance.Infrastructure.Keycloak;
using ChatGovernance.TestSupport.Keycloak;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGovernance.Infrastructure.Tests.Keycloak;

/// <summary>The client as the bot uses it, on both servers.</summary>
public abstract class KeycloakClientTests(RealmKind kind) : IAsyncLifetime
{
    private TestRealm realm = null!;
    private ServiceProvider services = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private KeycloakClient Client => services.GetRequiredService<KeycloakClient>();

    public async ValueTask InitializeAsync()
    {
        realm = await TestRealm.CreateAsync(kind, SandboxRealmFile.Json, Ct);
        services = KeycloakAccess.To(realm);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (services is not null)
            await services.DisposeAsync();
        if (realm is not null)
            await realm.DisposeAsync();
    }

    [Fact]
    public async Task Requestable_groups_come_with_path_attributes_and_own_roles()
    {
        var groups = await Client.GroupsWith("requestable", "true", Ct);

        groups.Select(g => g.Path).ShouldBe(
            ["/build-agents", "/finance/payments/emergency", "/finance/payments", "/databases/production", "/realm-administrators", "/databases/staging/reporting", "/databases/staging", "/databases/superuser", "/finance/transfers", "/databases/vault", "/vpn"]);
        groups.Single(g => g.Name == "payments").ClientRoles!["ledger"].ShouldBe(["write"]);
        groups.Single(g => g.Name == "production").Attributes!["default-duration"].ShouldBe(["20s"]);
    }

    [Fact]
    public async Task Joining_and_leaving_shows_in_the_members()
    {
        var group = (await Client.GroupsNamed("production", Ct)).ShouldHaveSingleItem();
        var alice = (await Client.UsersByEmail("Alice@example.org", Ct)).ShouldHaveSingleItem();

        await Client.Api.Join(alice.Id, group.Id, Ct);
        (await Client.Members(group.Id, Ct)).ShouldHaveSingleItem().Username.ShouldBe("alice");
        await Client.Api.Leave(alice.Id, group.Id, Ct);
        (await Client.Members(group.Id, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_group_that_does_not_exist_is_told_apart()
    {
        var failure = await Should.ThrowAsync<KeycloakException>(() => Client.Api.Group("nobody's", Ct));

        failure.Failure.ShouldBe(KeycloakFailure.NotFound);
        failure.Error.ShouldBe("Could not find group by id");
    }
}

public sealed class KeycloakClientOnSandboxTests() : KeycloakClientTests(RealmKind.Sandbox);

public sealed class KeycloakClientOnKeycloakTests() : KeycloakClientTests(RealmKind.Keycloak);
