using System.CommandLine;
using System.Data.Common;
using System.Net.Sockets;
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
        // Before the host starts, which would let an exception through where one line will do.
        app.Services.GetService<IStartupValidator>()?.Validate();
        try
        {
            await app.StartAsync(ct);
        }
        catch (Exception exception) when (exception is IOException or SocketException or UnauthorizedAccessException or DbException or OptionsValidationException)
        {
            // An address in use or not ours to take, a database that is away, a file that may not be written, a policy without which
            // nothing may be decided. What has been started is stopped: the line is the last.
            await app.StopAsync(ct);
            await Console.Error.WriteLineAsync($"chatgovernance: could not start: {exception.Message}");
            return ExitCode.CouldNotRun;
        }

        await app.WaitForShutdownAsync(ct);
        return ExitCode.Done;
    }
}
