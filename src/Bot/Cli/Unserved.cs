using ChatGovernance.Bot.Hosting;
using ChatGovernance.Infrastructure.Persistence.Start;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Cli;

/// <summary>All of the bot, not started: for commands that ask what it would be asked in chat.</summary>
internal static class Unserved
{
    /// <exception cref="OptionsValidationException">A setting is missing or malformed.</exception>
    public static WebApplication Build()
    {
        var builder = BotHost.CreateBuilder([]);
        // What a command prints is its answer, and may be read by a program.
        builder.Logging.ClearProviders();
        builder.Services.AddBot(builder.Configuration).OpenOnlyWhatIsThere();
        var app = builder.Build();
        app.Services.GetService<IStartupValidator>()?.Validate();
        return app;
    }
}
