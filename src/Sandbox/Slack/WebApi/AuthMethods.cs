using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.WebApi;

/// <summary><c>auth.test</c>, <c>apps.connections.open</c>.</summary>
internal static class AuthMethods
{
    public static ApiAnswer Test(WorkspaceState state, ApiArguments arguments)
    {
        SlackWorkspaceOptions options = state.Options;
        ApiAnswer answer = ApiAnswer.Ok(
            ("url", $"https://{options.TeamDomain}.slack.com/"), ("team", options.TeamName), ("user", options.BotName),
            ("team_id", options.TeamId), ("user_id", options.BotUserId), ("bot_id", options.BotId), ("is_enterprise_install", false));
        if (options.EnterpriseId is { } enterprise) answer.Body["enterprise_id"] = enterprise;
        return answer;
    }

    /// <summary>Socket Mode takes an app-level token (<c>xapp-</c>); this workspace has given out a bot token alone.</summary>
    public static ApiAnswer OpenConnection(WorkspaceState state, ApiArguments arguments) =>
        ApiAnswer.Refused("not_allowed_token_type");
}
