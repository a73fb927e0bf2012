using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.WebApi;

/// <summary><c>users.info</c>, <c>users.lookupByEmail</c>.</summary>
internal static class UserMethods
{
    public static ApiAnswer Info(WorkspaceState state, ApiArguments arguments) =>
        state.Users.TryGetValue(arguments.Text("user")!, out SlackUser? user)
            ? ApiAnswer.Ok(("user", SlackJson.User(state, user)))
            : ApiAnswer.Refused("user_not_found");

    /// <summary>Members of this workspace that are active; https://docs.slack.dev/reference/methods/users.lookupByEmail</summary>
    public static ApiAnswer LookupByEmail(WorkspaceState state, ApiArguments arguments)
    {
        string email = arguments.Text("email")!;
        SlackUser? user = state.Users.Values.FirstOrDefault(u =>
            !u.IsDeleted && u.TeamId == state.Options.TeamId && string.Equals(u.Email, email, StringComparison.OrdinalIgnoreCase));
        return user is null ? ApiAnswer.Refused("users_not_found") : ApiAnswer.Ok(("user", SlackJson.User(state, user)));
    }
}
