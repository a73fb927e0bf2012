using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Persistence;

namespace ChatGovernance.EndToEnd.Tests.Kill;

/// <summary>A deployment whose every way to the outside can be held at a chosen moment.</summary>
public sealed class KillDeployment : ShortestLeaseDeployment
{
    /// <summary>Between the bot and its database.</summary>
    public DatabaseProxy Database { get; private set; } = null!;

    protected override string BotsDatabase => Database.Through(base.BotsDatabase);

    protected override async Task<TestStore> CreateStore(CancellationToken ct)
    {
        var store = await base.CreateStore(ct);
        Database = DatabaseProxy.Start(store.Database.ConnectionString);
        return store;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Database is not null)
            await Database.DisposeAsync();
    }
}
