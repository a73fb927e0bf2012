using System.Text.Json.Nodes;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.EndToEnd.Tests.Provider;

/// <summary>A realm of a Keycloak with the provider: <c>app</c> and <c>saml-app</c> are for whoever holds the role <c>reader</c>, <c>open</c> is for everybody.</summary>
public class LoginPolicyRealm : IAsyncLifetime
{
    public const string Action = "chatgovernance-required-roles";

    /// <summary>Of the identity provider that gives whoever comes from it the role <c>reader</c>.</summary>
    public const string TrustedProvider = "trusted";

    /// <summary>Of the same without that.</summary>
    public const string OtherProvider = "other";

    public TestRealm Realm { get; private set; } = null!;

    /// <summary>Where people come from by identity brokering.</summary>
    private TestRealm Other { get; set; } = null!;

    /// <summary>Whether the realm uses the required action; without it tokens and assertions are still refused.</summary>
    protected virtual bool ActionIsOn => true;

    public async ValueTask InitializeAsync()
    {
        var file = JsonNode.Parse(await ReadFile("realm.json"))!;
        file["requiredActions"]![0]!["enabled"] = ActionIsOn;
        var server = await KeycloakServer.WithProviderAsync();
        Realm = await TestRealm.CreateAsync(server, file.ToJsonString(), CancellationToken.None);
        Other = await TestRealm.CreateAsync(server, await ReadFile("other-realm.json"), CancellationToken.None);
        await AddProvider(OtherProvider);
        await AddProvider(TrustedProvider);
        await Realm.Send(HttpMethod.Post, $"identity-provider/instances/{TrustedProvider}/mappers", new JsonObject
        {
            ["name"] = "reader",
            ["identityProviderAlias"] = TrustedProvider,
            ["identityProviderMapper"] = "oidc-hardcoded-role-idp-mapper",
            ["config"] = new JsonObject { ["role"] = "reader", ["syncMode"] = "INHERIT" },
        }, CancellationToken.None);
    }

    /// <returns>Somebody whom nobody else uses; the password is the username.</returns>
    public async Task<TestUser> NewUser(bool reader, CancellationToken ct)
    {
        var user = await NewUser(Realm, $"u{Guid.CreateVersion7():n}", ct);
        if (reader)
            await Map(HttpMethod.Post, user, "reader", ct);
        return user;
    }

    /// <returns>Somebody whom only the other realm knows.</returns>
    public Task<TestUser> NewElsewhere(CancellationToken ct) => NewUser(Other, $"u{Guid.CreateVersion7():n}", ct);

    /// <summary>Lets the user come from the other realm, too.</summary>
    public async Task Link(TestUser user, CancellationToken ct)
    {
        var there = await NewUser(Other, user.Name, ct);
        await Realm.Send(HttpMethod.Post, $"users/{user.Id}/federated-identity/{OtherProvider}", new JsonObject { ["identityProvider"] = OtherProvider, ["userId"] = there.Id, ["userName"] = there.Name }, ct);
    }

    public async Task Map(HttpMethod method, TestUser user, string role, CancellationToken ct) =>
        await Realm.Send(method, $"users/{user.Id}/role-mappings/realm", new JsonArray((await Realm.Get($"roles/{Uri.EscapeDataString(role)}", ct))!), ct);

    public async ValueTask DisposeAsync()
    {
        if (Realm is not null)
            await Realm.DisposeAsync();
        if (Other is not null)
            await Other.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static Task<string> ReadFile(string name) => File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "tests", "EndToEnd.Tests", "Provider", name));

    private async Task AddProvider(string alias)
    {
        var protocol = new Uri(Other.Server, $"realms/{Other.Name}/protocol/openid-connect/");
        await Realm.Send(HttpMethod.Post, "identity-provider/instances", new JsonObject
        {
            ["alias"] = alias,
            ["providerId"] = "oidc",
            ["enabled"] = true,
            ["trustEmail"] = true,
            ["config"] = new JsonObject
            {
                ["authorizationUrl"] = $"{protocol}auth",
                ["tokenUrl"] = $"{protocol}token",
                ["userInfoUrl"] = $"{protocol}userinfo",
                ["jwksUrl"] = $"{protocol}certs",
                ["useJwksUrl"] = "true",
                ["validateSignature"] = "true",
                ["clientId"] = "broker",
                ["clientSecret"] = "broker",
                ["clientAuthMethod"] = "client_secret_post",
                ["defaultScope"] = "openid profile email",
                ["syncMode"] = "IMPORT",
            },
        }, CancellationToken.None);
    }

    private static async Task<TestUser> NewUser(TestRealm realm, string name, CancellationToken ct)
    {
        await realm.Send(HttpMethod.Post, "users", new JsonObject
        {
            ["username"] = name,
            ["enabled"] = true,
            ["email"] = $"{name}@example.org",
            ["emailVerified"] = true,
            ["firstName"] = "Uma",
            ["lastName"] = "Unger",
            ["credentials"] = new JsonArray(new JsonObject { ["type"] = "password", ["value"] = name, ["temporary"] = false }),
        }, ct);
        return new TestUser((string)(await realm.Get($"users?exact=true&username={name}", ct))![0]!["id"]!, name);
    }
}

/// <summary>The same, with the required action switched off.</summary>
public sealed class LoginPolicyRealmWithoutAction : LoginPolicyRealm
{
    protected override bool ActionIsOn => false;
}

public sealed record TestUser(string Id, string Name);
