using Microsoft.Data.Sqlite;

namespace ChatGovernance.TestSupport.Databases;

/// <summary>A file that is copied, in a temporary folder that goes with the process.</summary>
internal sealed class SqliteTemplate : ITemplate
{
    private static readonly Lazy<DirectoryInfo> Folder = new(MakeFolder);

    private readonly string file;

    private SqliteTemplate(string file) => this.file = file;

    public static async Task<ITemplate> MakeAsync(DatabaseSchema schema, CancellationToken ct)
    {
        var file = NewFile();
        var connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString;
        await using (var connection = new SqliteConnection(connectionString))
            await connection.OpenAsync(ct); // the file exists even if the schema has nothing to say
        await schema.Apply(DatabaseKind.Sqlite, connectionString, ct);

        // The last connection to close writes the log back into the file; a log that stays would not be copied.
        if (File.Exists(file + "-wal"))
            throw new InvalidOperationException($"Schema '{schema.Name}' left a connection to its template open.");
        return new SqliteTemplate(file);
    }

    public Task<ITestDatabase> CopyAsync(CancellationToken ct)
    {
        var copy = NewFile();
        File.Copy(file, copy);
        return Task.FromResult<ITestDatabase>(new SqliteTestDatabase(copy));
    }

    private static string NewFile() => Path.Combine(Folder.Value.FullName, Path.GetRandomFileName() + ".db");

    private static DirectoryInfo MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("chatgovernance-sqlite.");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder;
    }
}
