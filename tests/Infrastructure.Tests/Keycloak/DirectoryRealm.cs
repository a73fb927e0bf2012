using System.Text.Json.Nodes;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.TestSupport.Keycloak;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGovernance.Infrastructure.Tests.Keycloak;

/// <summary>The sandbox story's realm on one server, for all tests of a class; each test brings its own people.</summary>
public abstract class DirectoryRealm(RealmKind kind) : IAsyncLifetime
{
    private ServiceProvider? services;
    private int people;

    public TestRealm Realm { get; private set; } = null!;

    public IDirectory Directory => services!.GetRequiredService<IDirectory>();

    public async ValueTask InitializeAsync()
    {
        Realm = await TestRealm.CreateAsync(kind, SandboxRealmFile.Json, CancellationToken.None);
        services = KeycloakAccess.To(Realm);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (services is not null)
            await services.DisposeAsync();
        if (Realm is not null)
            await Realm.DisposeAsync();
    }

    /// <summary>Somebody nobody else has to do with.</summary>
    public async Task<PersonId> Somebody(CancellationToken ct)
    {
        string name = $"somebody{Interlocked.Increment(ref people)}";
        await Realm.Send(HttpMethod.Post, "users", new JsonObject { ["username"] = name, ["enabled"] = true, ["email"] = $"{name}@example.org" }, ct);
        return await Person(name, ct);
    }

    public async Task<PersonId> Person(string username, CancellationToken ct) =>
        new((string)(await Realm.Get($"users?username={username}&exact=true", ct))![0]!["id"]!);

    public async Task<GroupId> Group(string path, CancellationToken ct)
    {
        string name = Uri.EscapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        var rows = (await Realm.Get($"groups?search={name}&exact=true&populateHierarchy=false", ct))!.AsArray();
        return new((string)rows.Single(g => (string)g!["path"]! == path)!["id"]!);
    }

    public async Task<TargetId> Target(string path, CancellationToken ct) => new(TargetKind.Group, (await Group(path, ct)).Value);

    public async Task<TargetId> RealmRole(string name, CancellationToken ct) => new(TargetKind.RealmRole, await IdOf("roles", name, ct));

    public async Task<TargetId> ClientRole(string clientId, string name, CancellationToken ct) =>
        new(TargetKind.ClientRole, await IdOf($"clients/{await Client(clientId, ct)}/roles", name, ct));

    public async Task<string> Client(string clientId, CancellationToken ct) => (string)(await Realm.Get($"clients?clientId={clientId}", ct))![0]!["id"]!;

    private async Task<string> IdOf(string list, string name, CancellationToken ct) =>
        (string)(await Realm.Get(list, ct))!.AsArray().Single(r => (string)r!["name"]! == name)!["id"]!;
}

public sealed class SandboxDirectoryRealm() : DirectoryRealm(RealmKind.Sandbox);

public sealed class RealDirectoryRealm() : DirectoryRealm(RealmKind.Keycloak);
