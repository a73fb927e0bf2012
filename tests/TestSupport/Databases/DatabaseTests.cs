using Xunit;

namespace ChatGovernance.TestSupport.Databases;

/// <summary>
/// Tests with a database of their own, each test a fresh one. An abstract class of facts derives from this, and from
/// it one sealed class per <see cref="DatabaseKind"/> that says nothing but its kind.
/// </summary>
public abstract class DatabaseTests(DatabaseKind kind, DatabaseSchema schema) : IAsyncLifetime
{
    private ITestDatabase? database;

    protected DatabaseKind Kind { get; } = kind;

    protected ITestDatabase Database => database ?? throw new InvalidOperationException("The test has not started.");

    public virtual async ValueTask InitializeAsync() =>
        database = await TestDatabases.CreateAsync(Kind, schema, TestContext.Current.CancellationToken);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (database is not null)
            await database.DisposeAsync();
    }
}
