using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Persistence;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>A deployment whose database server nobody else uses: it may be stopped, and it may hang.</summary>
public sealed class OwnDatabaseDeployment : Deployment
{
    public OwnPostgres Server { get; private set; } = null!;

    protected override string BotsDatabase => Server.ThroughProxy;

    protected override async Task<TestStore> CreateStore(CancellationToken ct)
    {
        Server = await OwnPostgres.Start(ct);
        try
        {
            return await TestStore.On(Server, TimeProvider.System, ct);
        }
        catch
        {
            await Server.DisposeAsync();
            throw;
        }
    }
}
