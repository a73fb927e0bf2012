using ChatGovernance.Sandbox.Slack.People;
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

    /// <summary>An address for one connection of Socket Mode (https://docs.slack.dev/reference/methods/apps.connections.open).</summary>
    public static ApiAnswer OpenConnection(WorkspaceState state, ApiArguments arguments)
    {
        string ticket = Payloads.Random();
        state.Tickets[ticket] = state.Time.GetUtcNow();
        return ApiAnswer.Ok(("url", $"{state.SocketUrl}?ticket={ticket}&app_id={state.Options.AppId}"));
    }
}
