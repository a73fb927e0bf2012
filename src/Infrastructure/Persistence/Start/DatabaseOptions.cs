namespace ChatGovernance.Infrastructure.Persistence.Start;

/// <summary>Which database, and how its schema gets there.</summary>
public sealed class DatabaseOptions
{
    public const string ProviderKey = "Database:Provider";
    public const string MigrateAtStartKey = "Database:MigrateAtStart";
    public const string ConnectionName = "ChatGovernance";
    public const string MigrationsName = "Migrations";

    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    public string ConnectionString { get; set; } = "Data Source=chatgovernance.db";

    /// <summary>The owner of the schema; null: the same as <see cref="ConnectionString"/>.</summary>
    public string? MigrationsConnectionString { get; set; }

    /// <summary>Bring the schema up to date at start, one replica at a time.</summary>
    public bool MigrateAtStart { get; set; } = true;
}
