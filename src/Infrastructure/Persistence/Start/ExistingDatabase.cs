using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGovernance.Infrastructure.Persistence.Start;

public static class ExistingDatabase
{
    /// <summary>For commands that only look: a SQLite file that is not there is not made by looking for it.</summary>
    public static IServiceCollection OpenOnlyWhatIsThere(this IServiceCollection services) => services.PostConfigure<DatabaseOptions>(options =>
    {
        if (options.Provider == DatabaseProvider.Sqlite)
            options.ConnectionString = new SqliteConnectionStringBuilder(options.ConnectionString) { Mode = SqliteOpenMode.ReadWrite }.ConnectionString;
    });
}
