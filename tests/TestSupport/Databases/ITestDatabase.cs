namespace ChatGovernance.TestSupport.Databases;

/// <summary>A database that one test has to itself. Disposing it deletes it, open pooled connections included.</summary>
public interface ITestDatabase : IAsyncDisposable
{
    DatabaseKind Kind { get; }

    /// <summary>For Microsoft.Data.Sqlite or Npgsql; any number of connections may be opened with it.</summary>
    string ConnectionString { get; }
}
