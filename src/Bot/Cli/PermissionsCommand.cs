using System.CommandLine;
using System.Text;
using ChatGovernance.Infrastructure.Keycloak.Setup;

namespace ChatGovernance.Bot.Cli;

internal static class PermissionsCommand
{
    /// <summary>So that no password stands on a command line, which everybody on the machine can read.</summary>
    private const string PasswordVariable = "KEYCLOAK_ADMIN_PASSWORD";

    private static readonly Option<bool> apply = new("--apply") { Description = "Give the bot's account exactly that. Needs an administrator." };
    private static readonly Option<string?> user = new("--admin-user") { Description = $"An administrator's name; the password comes from {PasswordVariable}, or is asked for." };
    private static readonly Option<string> realm = new("--admin-realm") { Description = "The realm in which the administrator logs in.", DefaultValueFactory = _ => "master" };
    private static readonly Option<string?> tokenFile = new("--token-file") { Description = "A file with an administrator's access token, in place of a name and a password." };

    public static Command Build()
    {
        var command = new Command("permissions", "Show which fine-grained permissions the bot's account needs in Keycloak for what is marked requestable, and, with --apply, give it those. Exit code 0: all is as it should be; 1: something is not, and is named; 2: could not run.")
        {
            apply, user, realm, tokenFile, Answers.Json,
        };
        command.SetAction((parsed, ct) => Answers.Ask(services => Run(services, parsed, ct), inAnyCase: true));
        return command;
    }

    private static async Task<int> Run(IServiceProvider services, ParseResult parsed, CancellationToken ct)
    {
        var applies = parsed.GetValue(apply);
        if (parsed.GetValue(tokenFile) is not null && parsed.GetValue(user) is not null)
            return await Answers.CouldNot("--admin-user and --token-file exclude each other.");
        if (applies && parsed.GetValue(tokenFile) is null && parsed.GetValue(user) is null)
            return await Answers.CouldNot("--apply needs --admin-user or --token-file.");

        try
        {
            var report = await services.GetRequiredService<SetUpPermissions>().Run(await Administrator(parsed, ct), applies, ct);
            Console.WriteLine(parsed.GetValue(Answers.Json) ? Json(report) : Words(report, applies));
            return report is { FineGrained: true, Differences: [], Unseen: [], Bypassing: [] } ? ExitCode.Done : ExitCode.Found;
        }
        catch (PermissionsException exception)
        {
            return await Answers.CouldNot(exception.Message);
        }
    }

    /// <summary>Null: none is given.</summary>
    private static async Task<AdministratorCredentials?> Administrator(ParseResult parsed, CancellationToken ct)
    {
        if (parsed.GetValue(tokenFile) is { } file)
        {
            try
            {
                return new AdministratorCredentials.Token((await File.ReadAllTextAsync(file, ct)).Trim());
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new InvalidSettingException($"--token-file names a file that cannot be read: {file}.");
            }
        }

        if (parsed.GetValue(user) is not { } name)
            return null;
        var password = Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } known ? known : Prompt(name);
        return new AdministratorCredentials.Password(parsed.GetValue(realm)!, name, password);
    }

    private static string Prompt(string name)
    {
        if (Console.IsInputRedirected)
            return Console.In.ReadLine() ?? throw new InvalidSettingException($"{PasswordVariable} is not set, and no password was typed.");

        Console.Error.Write($"Password of {name}: ");
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key != ConsoleKey.Backspace)
                typed.Append(key.KeyChar);
            else if (typed.Length > 0)
                typed.Length--;
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }

    private static string Words(PermissionsReport report, bool applied)
    {
        var text = new StringBuilder();
        text.AppendLine("The bot's service account needs these roles of realm-management:");
        text.Append("  ").AppendJoin(", ", report.Plan.Roles).AppendLine();
        text.AppendLine("and these fine-grained permissions, by a user policy:");
        foreach (var permission in report.Plan.Permissions)
        {
            text.Append("  ").Append(permission.ResourceType).Append(": ").AppendJoin(", ", permission.Scopes).Append(permission.Resources is null ? ", on all" : ", on").AppendLine();
            foreach (var resource in permission.Resources ?? [])
                text.Append("    ").AppendLine(resource.Name);
        }

        Section(text, "Left out:", report.Plan.LeftOut);
        if (!report.Complete)
            text.AppendLine("That is what the bot itself sees; with --admin-user or --token-file all of it is shown, and compared.");
        if (report.FineGrained == false)
            text.AppendLine("Fine-grained admin permissions are off in the realm: switch them on (Realm settings, General, Admin Permissions).");
        Section(text, "Changed:", report.Changed);
        if (report.Differences is { Count: > 0 } left)
            Section(text, applied ? "Still to be changed:" : "To be changed (--apply does it):", left);
        else if (report.Differences is not null)
            text.AppendLine("The realm has all of that.");
        Section(text, "The bot cannot see:", report.Unseen);
        Section(text, "Roles that make this pointless, to be taken away from the service account:", report.Bypassing);
        return text.ToString().TrimEnd();
    }

    private static void Section(StringBuilder text, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
            return;
        text.AppendLine(title);
        foreach (var line in lines)
            text.Append("  ").AppendLine(line);
    }

    private static string Json(PermissionsReport report) => Answers.Write(writer =>
    {
        writer.WriteBoolean("complete", report.Complete);
        if (report.FineGrained is { } on)
            writer.WriteBoolean("fineGrained", on);
        writer.WriteTexts("roles", report.Plan.Roles);
        writer.WriteList("permissions", report.Plan.Permissions, permission =>
        {
            writer.WriteString("name", permission.Name);
            writer.WriteString("resourceType", permission.ResourceType);
            writer.WriteTexts("scopes", permission.Scopes);
            if (permission.Resources is null)
                return;
            writer.WriteList("resources", permission.Resources, resource =>
            {
                writer.WriteString("id", resource.Id);
                writer.WriteString("name", resource.Name);
            });
        });
        writer.WriteTexts("leftOut", report.Plan.LeftOut);
        writer.WriteTexts("changed", report.Changed);
        if (report.Differences is { } differences)
            writer.WriteTexts("differences", differences);
        writer.WriteTexts("unseen", report.Unseen);
        writer.WriteTexts("bypassing", report.Bypassing);
    });
}
