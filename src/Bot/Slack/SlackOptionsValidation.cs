using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Slack;

/// <summary>Says in one line which setting is missing or malformed.</summary>
internal sealed partial class SlackOptionsValidation : IPostConfigureOptions<SlackOptions>, IValidateOptions<SlackOptions>
{
    public void PostConfigure(string? name, SlackOptions options)
    {
        options.BotToken = options.BotToken?.Trim();
        options.SigningSecret = options.SigningSecret?.Trim();
        options.AppToken = options.AppToken?.Trim();
    }

    public ValidateOptionsResult Validate(string? name, SlackOptions options) => Problem(options) is { } problem
        ? ValidateOptionsResult.Fail(problem)
        : ValidateOptionsResult.Success;

    private static string? Problem(SlackOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.BotToken))
            return "Slack:BotToken is missing: the app's bot token (xoxb-…)";
        if (!HeaderValue().IsMatch(options.BotToken) || options.BotToken.StartsWith("xapp-", StringComparison.Ordinal))
            return "Slack:BotToken is not a bot token (xoxb-…)";
        if (options.TakesSockets && (!HeaderValue().IsMatch(options.AppToken!) || !options.AppToken!.StartsWith("xapp-", StringComparison.Ordinal)))
            return "Slack:AppToken is not an app-level token (xapp-…)";
        if (options.SocketConnections is < 1 or > 10)
            return "Slack:SocketConnections must be between 1 and 10";
        if (!options.TakesHttp && !options.TakesSockets)
            return "Slack:SigningSecret is missing: what Slack signs its deliveries with (or set Slack:AppToken for Socket Mode)";
        if (!Uri.TryCreate(options.ApiUrl, UriKind.Absolute, out var url) || url is not { Scheme: "http" or "https", Query: "", Fragment: "" })
            return "Slack:ApiUrl is not an http or https URL without query";
        if (string.IsNullOrWhiteSpace(options.AuditChannel))
            return "Slack:AuditChannel is missing: the id (C…) or #name of the channel that the security team reads";
        if (!Channel().IsMatch(options.AuditChannel))
            return "Slack:AuditChannel is neither a channel id (C…) nor a #name";
        return options.Workspaces.Any(id => !Workspace().IsMatch(id))
            ? "Slack:Workspaces holds something that is neither a team id (T…) nor an enterprise id (E…)"
            : null;
    }

    [GeneratedRegex("^[!-~]+$")]
    private static partial Regex HeaderValue();

    [GeneratedRegex(@"^(#[^\s#]{1,80}|[CG][A-Z0-9]{2,})$")]
    private static partial Regex Channel();

    [GeneratedRegex("^[TE][A-Za-z0-9]+$")]
    private static partial Regex Workspace();
}
