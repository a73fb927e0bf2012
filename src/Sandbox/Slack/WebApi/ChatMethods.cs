using ChatGovernance.Sandbox.Slack.Blocks;
using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.WebApi;

/// <summary><c>chat.postMessage|postEphemeral|update|delete</c>.</summary>
internal static class ChatMethods
{
    public static ApiAnswer PostMessage(WorkspaceState state, ApiArguments arguments)
    {
        (SlackChannel? channel, ApiAnswer? refusal) = Postable(state, arguments.Text("channel")!);
        if (channel is null) return refusal!;
        (MessageContent? content, refusal) = MessageContent.Read(state, arguments, BlockKitLimits.MessageText);
        if (content is null) return refusal!;
        string? thread = arguments.Text("thread_ts");
        if (thread is not null && CannotReply(state, channel, ref thread) is { } noThread) return noThread;

        SlackMessage message = Add(state, channel, content, thread, onlyFor: null);
        return ApiAnswer.Ok(("channel", channel.Id), ("ts", message.Ts), ("message", SlackJson.Message(state, message, withMetadata: true)));
    }

    public static ApiAnswer PostEphemeral(WorkspaceState state, ApiArguments arguments)
    {
        (SlackChannel? channel, ApiAnswer? refusal) = Postable(state, arguments.Text("channel")!);
        if (channel is null) return refusal!;
        string user = arguments.Text("user")!;
        if (!state.Users.ContainsKey(user)) return ApiAnswer.Refused("user_not_found");
        if (!channel.Members.Contains(user)) return ApiAnswer.Refused("user_not_in_channel");
        (MessageContent? content, refusal) = MessageContent.Read(state, arguments, BlockKitLimits.MessageText);
        if (content is null) return refusal!;
        SlackMessage message = Add(state, channel, content, arguments.Text("thread_ts"), user);
        return ApiAnswer.Ok(("message_ts", message.Ts));
    }

    public static ApiAnswer Update(WorkspaceState state, ApiArguments arguments)
    {
        (int index, ApiAnswer? refusal) = Own(state, arguments, "cant_update_message");
        if (refusal is not null) return refusal;
        (MessageContent? content, refusal) = MessageContent.Read(state, arguments, BlockKitLimits.UpdatedText);
        if (content is null) return refusal!;
        SlackMessage old = state.Messages[index];
        SlackMessage message = state.Messages[index] = old with
        {
            Text = content.Text,
            // Without blocks a text replaces everything, https://docs.slack.dev/reference/methods/chat.update#text_blocks_attachments
            Blocks = content.Blocks ?? MessageContent.NoBlocks,
            Metadata = content.Metadata ?? old.Metadata,
            EditedTs = state.NextTs(),
        };
        return ApiAnswer.Ok(
            ("channel", message.ChannelId), ("ts", message.Ts), ("text", message.Text), ("message", SlackJson.Message(state, message, withMetadata: true)));
    }

    public static ApiAnswer Delete(WorkspaceState state, ApiArguments arguments)
    {
        (int index, ApiAnswer? refusal) = Own(state, arguments, "cant_delete_message");
        if (refusal is not null) return refusal;
        SlackMessage message = state.Messages[index];
        bool hasReplies = state.Messages.Any(m => m.ChannelId == message.ChannelId && m.ThreadTs == message.Ts && m.IsReply);
        if (hasReplies)
            state.Messages[index] = message with
            {
                IsTombstone = true,
                FromApp = false,
                Text = "This message was deleted.",
                Blocks = MessageContent.NoBlocks,
                Metadata = null,
            };
        else
            state.Messages.RemoveAt(index);
        return ApiAnswer.Ok(("channel", message.ChannelId), ("ts", message.Ts));
    }

    /// <summary>Stores a message by the app; a first reply makes a thread of its root.</summary>
    public static SlackMessage Add(WorkspaceState state, SlackChannel channel, MessageContent content, string? thread, string? onlyFor)
    {
        var message = new SlackMessage
        {
            ChannelId = channel.Id,
            Ts = state.NextTs(),
            UserId = state.Options.BotUserId,
            FromApp = true,
            Text = content.Text,
            Blocks = content.Blocks ?? MessageContent.NoBlocks,
            Metadata = content.Metadata,
            ThreadTs = thread,
            OnlyFor = onlyFor,
        };
        state.Messages.Add(message);
        if (thread is not null && onlyFor is null && state.IndexOf(channel.Id, thread) is >= 0 and var root)
            state.Messages[root] = state.Messages[root] with { ThreadTs = thread };
        return message;
    }

    /// <summary>The conversation to post to: an id, <c>#name</c>, or a person's id for a direct message.</summary>
    private static (SlackChannel?, ApiAnswer?) Postable(WorkspaceState state, string name)
    {
        SlackChannel? channel;
        if (state.Users.ContainsKey(name))
        {
            if (ConversationMethods.CannotMessage(state, name) is { } refusal) return (null, refusal);
            channel = state.DirectWith(name);
        }
        else
        {
            channel = name.StartsWith('#') ? state.ChannelByName(name[1..]) : state.Channels.GetValueOrDefault(name);
        }
        if (channel is null || ConversationMethods.Visible(state, channel.Id) is null) return (null, ApiAnswer.Refused("channel_not_found"));
        if (channel.IsArchived) return (null, ApiAnswer.Refused("is_archived"));
        return channel.Members.Contains(state.Options.BotUserId) ? (channel, null) : (null, ApiAnswer.Refused("not_in_channel"));
    }

    private static ApiAnswer? CannotReply(WorkspaceState state, SlackChannel channel, ref string? thread)
    {
        int index = state.IndexOf(channel.Id, thread!);
        if (index < 0) return ApiAnswer.Refused("thread_not_found");
        if (state.Messages[index].IsTombstone) return ApiAnswer.Refused("cannot_reply_to_message");
        thread = state.Messages[index].ThreadTs ?? thread; // a reply to a reply goes to its thread
        return null;
    }

    /// <summary>The app's own message at (channel, ts); a channel's name does not do here, nor a person's id.</summary>
    private static (int Index, ApiAnswer? Refusal) Own(WorkspaceState state, ApiArguments arguments, string notYours)
    {
        string ts = arguments.Text("ts")!;
        if (ConversationMethods.Visible(state, arguments.Text("channel")!) is not { } channel) return (-1, ApiAnswer.Refused("channel_not_found"));
        int index = state.IndexOf(channel.Id, ts);
        if (index < 0) return (-1, ApiAnswer.Refused("message_not_found"));
        if (channel.IsArchived) return (-1, ApiAnswer.Refused("is_archived"));
        return state.Messages[index].FromApp ? (index, null) : (-1, ApiAnswer.Refused(notYours));
    }
}
