using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Keycloak;
using ChatGovernance.TestSupport.Persistence;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>A deployment whose database server nobody else uses: it may be stopped, and it may hang.</summary>
public sealed class OwnDatabaseDeployment : Deployment
{
    public OwnPostgres Server { get; private set; } = null!;

    protected override string BotsDatabase => Server.ThroughProxy;

    protected override async Task<TestStore> CreateStore(CancellationToken ct) => await StoreOn(Server = await OwnPostgres.Start(ct), ct);

    internal static async Task<TestStore> StoreOn(OwnPostgres server, CancellationToken ct)
    {
        try
        {
            return await TestStore.On(server, TimeProvider.System, ct);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }
}

/// <summary>The same with both platforms, and with the sandbox's realm.</summary>
public sealed class OwnDatabaseTeamsDeployment : TeamsDeployment
{
    public OwnPostgres Server { get; private set; } = null!;

    protected override RealmKind Realms => RealmKind.Sandbox;

    protected override string BotsDatabase => Server.ThroughProxy;

    protected override async Task<TestStore> CreateStore(CancellationToken ct) => await OwnDatabaseDeployment.StoreOn(Server = await OwnPostgres.Start(ct), ct);
}
