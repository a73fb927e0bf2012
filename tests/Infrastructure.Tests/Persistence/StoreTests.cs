using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Persistence;

namespace ChatGovernance.Infrastructure.Tests.Persistence;

/// <summary>Tests with all stores on a database of their own and a clock that only they move. One sealed class per database derives.</summary>
public abstract class StoreTests(DatabaseKind kind) : IAsyncLifetime
{
    private TestStore? store;

    protected ManualClock Clock { get; } = new();

    protected DateTimeOffset Now => Clock.GetUtcNow();

    protected TestStore Store => store ?? throw new InvalidOperationException("The test has not started.");

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected static TimeSpan Minute { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Null: nobody outside is told anything.</summary>
    protected virtual IWebhookOutbox? Outbox => null;

    public virtual async ValueTask InitializeAsync() => store = await TestStore.Create(kind, Clock, webhooks: Outbox);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (store is not null)
            await store.DisposeAsync();
    }

    protected Task<IReadOnlyList<Lease>> Claim(WorkKind work) => Store.Claim(work, 10, Minute, Ct);

    protected Task<CommitResult> Commit(Changes changes) => Store.Commits.Commit(changes, Ct);

    protected async Task Saved(Changes changes) => (await Commit(changes)).ShouldBe(CommitResult.Saved);

    protected Task Done(Lease lease) => Saved(new Changes { Under = lease, Release = new Release.Done() });
}
