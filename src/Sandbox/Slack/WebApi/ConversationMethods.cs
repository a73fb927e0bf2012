using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.WebApi;

/// <summary><c>conversations.open|join|info|list</c>.</summary>
internal static class ConversationMethods
{
    // https://docs.slack.dev/reference/methods/conversations.list: "must be an integer under 1000"
    private const int ListMost = 999;
    private const int ListDefault = 100;

    public static ApiAnswer Open(WorkspaceState state, ApiArguments arguments)
    {
        if (arguments.Text("channel") is { } id)
        {
            SlackChannel? known = Visible(state, id);
            return known is { IsDirect: true } ? Opened(state, known, alreadyOpen: true, arguments) : ApiAnswer.Refused("channel_not_found");
        }
        string[] users = [.. (arguments.Text("users") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        if (users.Length == 0) return ApiAnswer.Refused("users_list_not_supplied");
        // Group messages are outside of the bot's contract.
        if (users.Length > 1) return ApiAnswer.Refused("too_many_users");
        if (CannotMessage(state, users[0]) is { } refusal) return refusal;
        bool alreadyOpen = state.Channels.Values.Any(c => c.IsDirect && c.Members.Contains(users[0]));
        return Opened(state, state.DirectWith(users[0]), alreadyOpen, arguments);
    }

    public static ApiAnswer Join(WorkspaceState state, ApiArguments arguments)
    {
        if (Visible(state, arguments.Text("channel")!) is not { } channel) return ApiAnswer.Refused("channel_not_found");
        if (channel.IsDirect || channel.IsPrivate) return ApiAnswer.Refused("method_not_supported_for_channel_type");
        if (channel.IsArchived) return ApiAnswer.Refused("is_archived");
        bool already = channel.Members.Contains(state.Options.BotUserId);
        channel = state.Channels[channel.Id] = channel with { Members = channel.Members.Add(state.Options.BotUserId) };
        ApiAnswer answer = ApiAnswer.Ok(("channel", SlackJson.Channel(state, channel)));
        if (already) answer.Body["warning"] = "already_in_channel";
        return answer;
    }

    public static ApiAnswer Info(WorkspaceState state, ApiArguments arguments) =>
        Visible(state, arguments.Text("channel")!) is { } channel
            ? ApiAnswer.Ok(("channel", SlackJson.Channel(state, channel)))
            : ApiAnswer.Refused("channel_not_found");

    public static ApiAnswer List(WorkspaceState state, ApiArguments arguments)
    {
        if (arguments.Number("limit", ListDefault) is not (>= 1 and <= ListMost and var limit)) return ApiAnswer.Refused("invalid_limit");
        if (!Cursor.TryRead(arguments.Text("cursor"), out int from)) return ApiAnswer.Refused("invalid_cursor");
        string[] types = (arguments.Text("types") ?? "public_channel").Split(',', StringSplitOptions.TrimEntries);
        if (!types.All(t => t is "public_channel" or "private_channel" or "im" or "mpim")) return ApiAnswer.Refused("invalid_types");
        SlackChannel[] all =
        [
            .. state.Channels.Values
                .Where(c => Visible(state, c.Id) is not null && types.Contains(TypeOf(c)))
                .Where(c => !(c.IsArchived && arguments.Flag("exclude_archived")))
                .OrderBy(c => c.Id, StringComparer.Ordinal),
        ];
        var page = new JsonArray([.. all.Skip(from).Take(limit).Select(c => (JsonNode)SlackJson.Channel(state, c))]);
        return ApiAnswer.Ok(("channels", page), ("response_metadata", Cursor.After(from + limit, all.Length)));
    }

    /// <summary>The channel, if the app may know of it: a private one that it is not in is not found.</summary>
    public static SlackChannel? Visible(WorkspaceState state, string id) =>
        state.Channels.TryGetValue(id, out SlackChannel? channel) && (!channel.IsPrivate || channel.Members.Contains(state.Options.BotUserId))
            ? channel
            : null;

    /// <summary>Why this account cannot get a direct message; nothing when it can.</summary>
    public static ApiAnswer? CannotMessage(WorkspaceState state, string userId)
    {
        if (!state.Users.TryGetValue(userId, out SlackUser? user)) return ApiAnswer.Refused("user_not_found");
        if (user.IsBot) return ApiAnswer.Refused("cannot_dm_bot");
        return user.IsDeleted ? ApiAnswer.Refused("user_disabled") : null;
    }

    private static ApiAnswer Opened(WorkspaceState state, SlackChannel channel, bool alreadyOpen, ApiArguments arguments)
    {
        JsonObject json = arguments.Flag("return_im") ? SlackJson.Channel(state, channel) : new JsonObject { ["id"] = channel.Id };
        return ApiAnswer.Ok(("no_op", alreadyOpen), ("already_open", alreadyOpen), ("channel", json));
    }

    private static string TypeOf(SlackChannel channel) =>
        channel.IsDirect ? "im" : channel.IsPrivate ? "private_channel" : "public_channel";
}
