namespace ChatGovernance.TestSupport.Databases;

/// <summary>How a new database gets its tables.</summary>
/// <param name="Name">Tells schemas apart: two with one name share one template.</param>
/// <param name="Apply">
/// Called once per process and kind of database, on the template that the tests' databases are copied from. It must
/// close every connection it opens with the connection string it is given, which does not pool.
/// </param>
public sealed record DatabaseSchema(string Name, Func<DatabaseKind, string, CancellationToken, Task> Apply)
{
    /// <summary>No tables at all, e.g. for tests of the migrations themselves.</summary>
    public static DatabaseSchema None { get; } = new("none", (_, _, _) => Task.CompletedTask);
}
