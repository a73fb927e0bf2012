using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.WebApi;

/// <summary><c>conversations.history</c> (newest first, no replies) and <c>conversations.replies</c> (the root, then replies).</summary>
internal static class HistoryMethods
{
    // https://docs.slack.dev/reference/methods/conversations.history: 100 by default, 999 at most
    private const int HistoryDefault = 100;
    private const int HistoryMost = 999;

    // https://docs.slack.dev/reference/methods/conversations.replies
    private const int RepliesDefault = 1000;
    private const int RepliesMost = 1000;

    public static ApiAnswer History(WorkspaceState state, ApiArguments arguments)
    {
        if (Refusal(state, arguments) is { } refusal) return refusal;
        string channel = arguments.Text("channel")!;
        SlackMessage[] all = [.. Within(state.Messages.Where(m => m.ChannelId == channel && !m.IsReply && m.OnlyFor is null), arguments).Reverse()];
        return Page(state, all, arguments, HistoryDefault, HistoryMost);
    }

    public static ApiAnswer Replies(WorkspaceState state, ApiArguments arguments)
    {
        if (Refusal(state, arguments) is { } refusal) return refusal;
        string channel = arguments.Text("channel")!;
        int named = state.IndexOf(channel, arguments.Text("ts")!);
        if (named < 0) return ApiAnswer.Refused("thread_not_found");
        string root = state.Messages[named].ThreadTs ?? state.Messages[named].Ts;
        IEnumerable<SlackMessage> thread = state.Messages.Where(m =>
            m.ChannelId == channel && m.OnlyFor is null && (m.Ts == root || m.ThreadTs == root));
        // The root is told with every page's first entry in Slack; one list with the root first is the same for its readers.
        return Page(state, [.. Within(thread, arguments)], arguments, RepliesDefault, RepliesMost);
    }

    private static ApiAnswer? Refusal(WorkspaceState state, ApiArguments arguments)
    {
        if (ConversationMethods.Visible(state, arguments.Text("channel")!) is not { } channel) return ApiAnswer.Refused("channel_not_found");
        return channel.Members.Contains(state.Options.BotUserId) ? null : ApiAnswer.Refused("not_in_channel");
    }

    private static IEnumerable<SlackMessage> Within(IEnumerable<SlackMessage> messages, ApiArguments arguments)
    {
        string? oldest = arguments.Text("oldest"), latest = arguments.Text("latest");
        bool inclusive = arguments.Flag("inclusive");
        return messages.Where(m => After(m.Ts, oldest, inclusive) && After(latest, m.Ts, inclusive));
    }

    private static bool After(string? ts, string? bound, bool inclusive)
    {
        if (ts is null || bound is null) return true;
        int order = Moment(ts).CompareTo(Moment(bound));
        return order > 0 || (inclusive && order == 0);
    }

    private static decimal Moment(string ts) =>
        decimal.TryParse(ts, System.Globalization.CultureInfo.InvariantCulture, out decimal moment) ? moment : 0;

    private static ApiAnswer Page(WorkspaceState state, SlackMessage[] all, ApiArguments arguments, int usual, int most)
    {
        if (arguments.Number("limit", usual) is not (>= 1 and var asked)) return ApiAnswer.Refused("invalid_limit");
        if (!Cursor.TryRead(arguments.Text("cursor"), out int from)) return ApiAnswer.Refused("invalid_cursor");
        int limit = Math.Min(asked, most);
        bool withMetadata = arguments.Flag("include_all_metadata");
        var page = new JsonArray([.. all.Skip(from).Take(limit).Select(m => (JsonNode)SlackJson.Message(state, m, withMetadata))]);
        return ApiAnswer.Ok(
            ("messages", page), ("has_more", from + limit < all.Length), ("response_metadata", Cursor.After(from + limit, all.Length)));
    }
}
