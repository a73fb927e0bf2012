using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatGovernance.Infrastructure.Persistence.Start;

/// <summary>Reads and checks the settings; each failure names its key, and no connection string is repeated.</summary>
internal sealed class ReadDatabaseOptions(IConfiguration configuration) : IConfigureOptions<DatabaseOptions>, IValidateOptions<DatabaseOptions>
{
    public void Configure(DatabaseOptions options)
    {
        // What cannot be read keeps its default here and is named below.
        if (Enum.TryParse<DatabaseProvider>(configuration[DatabaseOptions.ProviderKey], ignoreCase: true, out var provider))
            options.Provider = provider;
        if (bool.TryParse(configuration[DatabaseOptions.MigrateAtStartKey], out var migrate))
            options.MigrateAtStart = migrate;
        options.ConnectionString = Text(configuration.GetConnectionString(DatabaseOptions.ConnectionName)) ?? options.ConnectionString;
        options.MigrationsConnectionString = Text(configuration.GetConnectionString(DatabaseOptions.MigrationsName));
    }

    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        if (Text(configuration[DatabaseOptions.ProviderKey]) is { } provider && !Enum.GetNames<DatabaseProvider>().Contains(provider, StringComparer.OrdinalIgnoreCase))
            return ValidateOptionsResult.Fail($"{DatabaseOptions.ProviderKey} must be one of {string.Join(", ", Enum.GetNames<DatabaseProvider>())}.");
        if (Text(configuration[DatabaseOptions.MigrateAtStartKey]) is { } migrate && !bool.TryParse(migrate, out _))
            return ValidateOptionsResult.Fail($"{DatabaseOptions.MigrateAtStartKey} must be true or false.");
        if (options.Provider == DatabaseProvider.PostgreSql && Text(configuration.GetConnectionString(DatabaseOptions.ConnectionName)) is null)
            return ValidateOptionsResult.Fail($"ConnectionStrings:{DatabaseOptions.ConnectionName} must be set for PostgreSQL.");
        if (!IsReadable(options.Provider, options.ConnectionString))
            return ValidateOptionsResult.Fail($"ConnectionStrings:{DatabaseOptions.ConnectionName} is not a connection string for {options.Provider}.");
        if (options.MigrationsConnectionString is { } migrations && !IsReadable(options.Provider, migrations))
            return ValidateOptionsResult.Fail($"ConnectionStrings:{DatabaseOptions.MigrationsName} is not a connection string for {options.Provider}.");
        return ValidateOptionsResult.Success;
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static bool IsReadable(DatabaseProvider provider, string connectionString)
    {
        try
        {
            return provider == DatabaseProvider.Sqlite
                ? new SqliteConnectionStringBuilder(connectionString).DataSource.Length > 0
                : !string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connectionString).Host);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return false;
        }
    }
}
