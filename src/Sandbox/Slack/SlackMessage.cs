using System.Text.Json;

namespace ChatGovernance.Sandbox.Slack;

/// <summary>A message as the workspace stores it; a change makes a new value with the same channel and <c>ts</c>.</summary>
public sealed record SlackMessage
{
    public required string ChannelId { get; init; }

    /// <summary>Seconds and microseconds of the post, unique in the workspace; the message's id within its channel.</summary>
    public required string Ts { get; init; }

    public required string UserId { get; init; }

    /// <summary>Posted by the app, so changed and deleted by the app alone.</summary>
    public bool FromApp { get; init; }

    public string Text { get; init; } = "";

    /// <summary>Blocks with the ids that Slack added where there were none; an empty array when it has none.</summary>
    public required JsonElement Blocks { get; init; }

    /// <summary><c>event_type</c> and <c>event_payload</c>, shown to nobody.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>The <c>ts</c> of the thread's root: its own on a root with replies, nothing outside a thread.</summary>
    public string? ThreadTs { get; init; }

    /// <summary>The only one who sees it, when it is ephemeral. Such a message is in no history.</summary>
    public string? OnlyFor { get; init; }

    /// <summary>The <c>ts</c> of the last change, where it was changed.</summary>
    public string? EditedTs { get; init; }

    /// <summary>A deleted root of a thread that has replies; it is shown as "This message was deleted."</summary>
    public bool IsTombstone { get; init; }

    public bool IsReply => ThreadTs is not null && ThreadTs != Ts;

    /// <summary>Everything that can be read in it, blocks first, one text a line; the fallback text where it has no blocks.</summary>
    public string AllText => Blocks.GetArrayLength() == 0 ? Text : string.Join('\n', BlockReader.Texts(Blocks));

    /// <summary>Its buttons, in order.</summary>
    public IReadOnlyList<SlackButton> Buttons => [.. BlockReader.Buttons(Blocks)];
}

/// <summary>A button as people see it and as it is reported when it is pressed.</summary>
public sealed record SlackButton(string BlockId, string ActionId, string Text, string? Value, string? Style, string? Url);
