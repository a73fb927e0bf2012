using System.CommandLine;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Cli;

/// <summary>The command line <c>chatgovernance</c>. Without a command it serves.</summary>
internal static class CommandLine
{
    public static async Task<int> Run(string[] args)
    {
        var root = new RootCommand("Access governance for Keycloak where people already talk. Settings come from the environment (Slack__BotToken) and from appsettings.json.")
        {
            ServeCommand.Build(),
            DoctorCommand.Build(),
            LintCommand.Build(),
            ExplainCommand.Build(),
            PermissionsCommand.Build(),
            PolicyCommand.Build(),
            AuditCommand.Build(),
            WebhooksCommand.Build(),
            MigrateCommand.Build(),
        };
        root.SetAction((_, ct) => ServeCommand.Serve([], ct));
        try
        {
            var parsed = root.Parse(args);
            return parsed.Errors.Count > 0 && !AsksForHelp(args)
                ? Refuse(string.Join(' ', parsed.Errors.Select(error => error.Message)) + " Try --help.")
                : await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (InvalidSettingException exception)
        {
            return Refuse(exception.Message);
        }
        catch (OptionsValidationException exception)
        {
            return Refuse(string.Join(' ', exception.Failures));
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            // More than one part of the settings is wrong.
            return Refuse(string.Join(' ', exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures).Distinct()));
        }
    }

    private static bool AsksForHelp(string[] args) => args.Any(arg => arg is "--help" or "-h" or "-?");

    private static int Refuse(string why)
    {
        Console.Error.WriteLine($"chatgovernance: {why}");
        return ExitCode.CouldNotRun;
    }
}
