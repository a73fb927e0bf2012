using System.CommandLine;
using ChatGovernance.Bot.Hosting;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Cli;

internal static class ServeCommand
{
    public static Command Build()
    {
        var command = new Command("serve", "Run the bot: take requests, decide, grant, remind and end. This is what happens without a command, too.");
        command.SetAction((_, ct) => Serve([], ct));
        return command;
    }

    public static async Task<int> Serve(string[] args, CancellationToken ct)
    {
        await using var app = BotHost.Build(args);
        // Before the host starts, which would log a stack trace where one line will do.
        app.Services.GetService<IStartupValidator>()?.Validate();
        await app.StartAsync(ct);
        await app.WaitForShutdownAsync(ct);
        return ExitCode.Done;
    }
}
