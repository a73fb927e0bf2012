using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Realm;

namespace ChatGovernance.TestSupport.Keycloak;

/// <summary>A realm that one test, or one test class, has to itself. Disposing it removes it.</summary>
public sealed class TestRealm : IAsyncDisposable
{
    private TestRealm(RealmKind kind, Uri server, string name, RealmAdministrator administrator, SandboxRealm? sandbox)
    {
        Kind = kind;
        Server = server;
        Name = name;
        Administrator = administrator;
        Sandbox = sandbox;
    }

    public RealmKind Kind { get; }

    /// <summary>As <c>Keycloak:Url</c> wants it.</summary>
    public Uri Server { get; }

    /// <summary>As <c>Keycloak:Realm</c> wants it.</summary>
    public string Name { get; }

    public RealmAdministrator Administrator { get; }

    /// <summary>Faults and recorded calls; null on a real Keycloak.</summary>
    public SandboxRealm? Sandbox { get; }

    /// <param name="realmFile">A realm as Keycloak imports it; its name, and its <c>default-roles-…</c>, are replaced by ones of this test's own.</param>
    public static async Task<TestRealm> CreateAsync(RealmKind kind, string realmFile, CancellationToken ct)
    {
        if (kind == RealmKind.Keycloak)
            return await CreateAsync(await KeycloakServer.GetAsync(), realmFile, ct);

        string name = $"t{Guid.CreateVersion7():n}";
        string file = Renamed(realmFile, name);
        var sandbox = await SandboxRealm.Start(file, 0, TimeProvider.System, ct);
        return new TestRealm(kind, sandbox.Url, name, new RealmAdministrator(sandbox.Url, SandboxRealm.Administrator, SandboxRealm.AdministratorPassword), sandbox);
    }

    /// <summary>On this server.</summary>
    public static async Task<TestRealm> CreateAsync(KeycloakServer server, string realmFile, CancellationToken ct)
    {
        string name = $"t{Guid.CreateVersion7():n}";
        string file = Renamed(realmFile, name);
        var url = new Uri(server.Url.ToString().TrimEnd('/') + '/');
        var administrator = new RealmAdministrator(url, server.Administrator, server.Password);
        await administrator.Send(HttpMethod.Post, "admin/realms", JsonNode.Parse(file), ct);
        return new TestRealm(RealmKind.Keycloak, url, name, administrator, null);
    }

    /// <summary>Path of the Admin REST API of this realm, below <see cref="Server"/>.</summary>
    public string Admin(string path) => $"admin/realms/{Name}/{path}";

    public Task<JsonNode?> Get(string path, CancellationToken ct) => Administrator.Get(Admin(path), ct);

    public Task<JsonNode?> Send(HttpMethod method, string path, JsonNode? body, CancellationToken ct) => Administrator.Send(method, Admin(path), body, ct);

    public async ValueTask DisposeAsync()
    {
        if (Sandbox is not null)
            await Sandbox.DisposeAsync();
        else
            await Administrator.Send(HttpMethod.Delete, $"admin/realms/{Name}", null, CancellationToken.None);
        Administrator.Dispose();
    }

    private static string Renamed(string realmFile, string name)
    {
        var file = JsonNode.Parse(realmFile)!.AsObject();
        string usual = $"\"default-roles-{(string)file["realm"]!}\"";
        file["realm"] = name;
        return file.ToJsonString().Replace(usual, $"\"default-roles-{name}\"", StringComparison.Ordinal);
    }
}
