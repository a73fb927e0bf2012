using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.Blocks;
using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.WebApi;

/// <summary>Text, blocks and metadata of a message, checked as Slack checks them.</summary>
/// <param name="Text">Empty where the blocks say it all.</param>
/// <param name="Blocks">Nothing when the call did not name them.</param>
/// <param name="Metadata">Nothing when the call did not name it.</param>
internal sealed record MessageContent(string Text, JsonElement? Blocks, JsonElement? Metadata)
{
    public static readonly JsonElement NoBlocks = JsonSerializer.SerializeToElement(new JsonArray());

    /// <summary>The content, or why it is refused (https://docs.slack.dev/reference/methods/chat.postMessage#errors).</summary>
    public static (MessageContent? Content, ApiAnswer? Refusal) Read(WorkspaceState state, ApiArguments arguments, int mostText)
    {
        string text = arguments.Text("text") ?? "";
        if (SlackText.MarkupLength(text) > mostText) return (null, ApiAnswer.Refused("msg_too_long"));
        if (!arguments.TryJson("blocks", out JsonNode? blocks) || (blocks is not null and not JsonArray))
            return (null, ApiAnswer.Refused("invalid_blocks_format"));
        if (arguments.Has("attachments"))
            return (null, ApiAnswer.Refused("invalid_arguments", "[ERROR] attachments are not part of the bot's contract"));
        if (blocks is JsonArray list)
        {
            var problems = new Problems();
            BlockRules.Check(list, BlockKitLimits.BlocksPerMessage, "/blocks", problems);
            if (problems.Messages.Count > 0) return (null, ApiAnswer.Refused("invalid_blocks", problems.Messages));
        }
        if (string.IsNullOrWhiteSpace(text) && blocks is not JsonArray { Count: > 0 }) return (null, ApiAnswer.Refused("no_text"));
        (JsonElement? metadata, ApiAnswer? refusal) = ReadMetadata(arguments);
        return refusal is not null
            ? (null, refusal)
            : (new MessageContent(text, blocks is null ? null : state.WithIds(blocks), metadata), null);
    }

    // https://docs.slack.dev/messaging/message-metadata: an event_type and an event_payload, an object
    private static (JsonElement?, ApiAnswer?) ReadMetadata(ApiArguments arguments)
    {
        if (!arguments.TryJson("metadata", out JsonNode? node)) return (null, ApiAnswer.Refused("invalid_metadata_format"));
        if (node is null) return (null, null);
        if (node is not JsonObject metadata) return (null, ApiAnswer.Refused("invalid_metadata_format"));
        return metadata["event_type"]?.AsText() is { Length: > 0 } && metadata["event_payload"] is JsonObject
            ? (JsonSerializer.SerializeToElement(metadata), null)
            : (null, ApiAnswer.Refused("invalid_metadata_schema"));
    }
}
