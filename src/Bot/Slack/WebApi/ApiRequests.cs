using ChatGovernance.Bot.Slack.Rendering;

namespace ChatGovernance.Bot.Slack.WebApi;

internal sealed record PostMessage(string Channel, string Text, IReadOnlyList<Block> Blocks, MessageMetadata Metadata)
{
    public string? ThreadTs { get; init; }

    /// <summary>The text beside the blocks is plain.</summary>
    public bool Mrkdwn { get; init; }

    /// <summary>What people wrote fetches nothing.</summary>
    public bool UnfurlLinks { get; init; }

    public bool UnfurlMedia { get; init; }
}

/// <summary>Goes with a message and comes back from its history (https://docs.slack.dev/messaging/message-metadata).</summary>
internal sealed record MessageMetadata(string? EventType, MessageKey? EventPayload)
{
    public const string Ours = "chatgovernance_message";

    public static MessageMetadata For(Guid key) => new(Ours, new MessageKey(key.ToString("N")));
}

internal sealed record MessageKey(string? Key);

internal sealed record UpdateMessage(string Channel, string Ts, string Text, IReadOnlyList<Block> Blocks);

internal sealed record DeleteMessage(string Channel, string Ts);

internal sealed record OpenConversation(string Users);

internal sealed record JoinConversation(string Channel);

internal sealed record OpenView(string TriggerId, View View);

internal sealed record UpdateView(string ViewId, View View);

internal sealed record PublishView(string UserId, View View);
