using System.Collections.Concurrent;

namespace ChatGovernance.TestSupport.Databases;

/// <summary>Makes databases for tests: the schema is applied once to a template, each test gets a copy.</summary>
public static class TestDatabases
{
    private static readonly ConcurrentDictionary<(DatabaseKind Kind, string Schema), Lazy<Task<ITemplate>>> Templates = new();

    /// <summary>A fresh database with the schema and no rows.</summary>
    /// <exception cref="PostgresMissingException">
    /// There is no PostgreSQL server here; the runner reports the test as skipped, with the reason.
    /// </exception>
    public static async Task<ITestDatabase> CreateAsync(DatabaseKind kind, DatabaseSchema schema, CancellationToken ct)
    {
        // The template outlives the test that happens to be first, so it is not made under that test's token.
        var template = Templates.GetOrAdd((kind, schema.Name), _ => new(() => MakeTemplateAsync(kind, schema)));
        return await (await template.Value.WaitAsync(ct)).CopyAsync(ct);
    }

    private static async Task<ITemplate> MakeTemplateAsync(DatabaseKind kind, DatabaseSchema schema) => kind switch
    {
        DatabaseKind.Sqlite => await SqliteTemplate.MakeAsync(schema, CancellationToken.None),
        DatabaseKind.PostgreSql => await PostgresTemplate.MakeAsync(schema, CancellationToken.None),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of database."),
    };
}
