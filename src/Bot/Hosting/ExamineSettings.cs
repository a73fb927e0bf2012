using ChatGovernance.Core.Health;

namespace ChatGovernance.Bot.Hosting;

/// <summary>What settings alone can tell.</summary>
internal sealed class ExamineSettings(IConfiguration configuration) : IExaminer
{
    private const string AddressKey = "PublicUrl";

    public string Part => "Settings";

    public Task<IReadOnlyList<Check>> Examine(CancellationToken ct) => Task.FromResult<IReadOnlyList<Check>>([Address(), Chat()]);

    private Check Address() => configuration[AddressKey] switch
    {
        null or "" => Check.Warning(AddressKey, "It is not set: what needs an address for browsers is off.", "Set PublicUrl to how browsers reach the bot."),
        var text when !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") =>
            Check.Failed(AddressKey, "It is not an http or https address.", "Set PublicUrl to how browsers reach the bot."),
        var text when new Uri(text) is { Scheme: "http", IsLoopback: false } =>
            Check.Failed(AddressKey, "It is not https: whoever listens on the way could log in as somebody else.", "Put the bot behind https, and set PublicUrl to that."),
        var text => Check.Ok(AddressKey, $"Browsers reach the bot at {text}."),
    };

    private Check Chat()
    {
        var slack = configuration["Slack:BotToken"] is { Length: > 0 };
        var teams = configuration["Teams:AppId"] is { Length: > 0 } || configuration.GetValue<bool>("Teams:Anonymous");
        return (slack, teams) switch
        {
            (true, true) => Check.Ok("chat", "Slack and Teams are on."),
            (true, false) => Check.Ok("chat", "Slack is on."),
            (false, true) => Check.Ok("chat", "Teams is on."),
            _ => Check.Failed("chat", "No chat platform is on, so nobody can ask or decide.", "Set Slack:BotToken (docs/slack.md) or Teams:AppId (docs/teams.md)."),
        };
    }
}
