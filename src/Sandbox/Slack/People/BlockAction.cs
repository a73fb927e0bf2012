using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.People;

/// <summary>An entry of <c>actions</c> (https://docs.slack.dev/reference/interaction-payloads/block_actions-payload).</summary>
internal static class BlockAction
{
    /// <summary>An interactive element by the ids of its block and its own; nothing when it is not there.</summary>
    public static (JsonElement Block, JsonElement Element)? Find(JsonElement blocks, string? blockId, string? actionId)
    {
        foreach ((JsonElement Block, JsonElement Element) found in BlockReader.Interactive(blocks))
            if ((blockId is null || BlockReader.Member(found.Block, "block_id") == blockId) && (actionId is null || BlockReader.Member(found.Element, "action_id") == actionId))
                return found;
        return null;
    }

    /// <summary>Whether using this element tells the app at once, or only with the submission.</summary>
    public static bool IsTold(JsonElement block) =>
        BlockReader.Member(block, "type") != "input"
        || (block.TryGetProperty("dispatch_action", out JsonElement asked) && asked.ValueKind == JsonValueKind.True);

    /// <summary>What is reported of a button that was pressed, or of a value that was picked.</summary>
    public static JsonObject Of(JsonElement block, JsonElement element, JsonNode? value)
    {
        string type = BlockReader.Member(element, "type")!;
        var action = new JsonObject
        {
            ["type"] = type,
            ["action_id"] = BlockReader.Member(element, "action_id"),
            ["block_id"] = BlockReader.Member(block, "block_id"),
        };
        if (type != "button")
        {
            action[ViewState.MemberOf(type)] = value?.DeepClone();
            return action;
        }
        action["text"] = JsonSerializer.SerializeToNode(element.GetProperty("text"));
        foreach (string name in (string[])["value", "style"])
            if (BlockReader.Member(element, name) is { } given)
                action[name] = given;
        return action;
    }
}
