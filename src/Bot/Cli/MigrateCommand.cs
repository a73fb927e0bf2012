using System.CommandLine;
using System.Data.Common;
using ChatGovernance.Infrastructure.Persistence.Start;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Cli;

internal static class MigrateCommand
{
    public static Command Build()
    {
        var command = new Command("migrate", "Bring the database schema up to date, one process at a time, and stop. Exit code 0: up to date; 2: could not run.");
        command.SetAction((_, ct) => Migrate(ct));
        return command;
    }

    private static async Task<int> Migrate(CancellationToken ct)
    {
        await using var provider = DatabaseOnly.Build(mayCreate: true);
        var database = provider.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        try
        {
            await Schema.Apply(database, TimeProvider.System, ct);
        }
        catch (DbException exception)
        {
            await Console.Error.WriteLineAsync($"chatgovernance: the schema could not be brought up to date: {exception.Message}");
            return ExitCode.CouldNotRun;
        }

        Console.WriteLine("The schema is up to date.");
        return ExitCode.Done;
    }
}
