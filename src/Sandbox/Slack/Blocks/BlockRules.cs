using System.Text.Json.Nodes;
using static ChatGovernance.Sandbox.Slack.Blocks.CompositionRules;

namespace ChatGovernance.Sandbox.Slack.Blocks;

/// <summary>
/// Blocks: https://docs.slack.dev/reference/block-kit/blocks. Those that this workspace does not draw (rich_text, video,
/// table, …) are refused like unknown ones.
/// </summary>
internal static class BlockRules
{
    /// <summary>What is wrong with these blocks; nothing when Slack would take them.</summary>
    public static void Check(JsonArray blocks, int max, string pointer, Problems problems)
    {
        if (blocks.Count > max) problems.Add($"no more than {max} items allowed", pointer);
        var blockIds = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < blocks.Count; i++)
        {
            string at = $"{pointer}/{i}";
            if (problems.Object(blocks[i], at) is not { } block) continue;
            Check(block, at, problems);
            if (problems.String(block, "block_id", BlockKitLimits.BlockId, at) is { } id && !blockIds.Add(id))
                problems.Add($"block_id already exists: {id}", $"{at}/block_id");
        }
    }

    private static void Check(JsonObject block, string at, Problems problems)
    {
        switch (block.TypeName())
        {
            case "divider":
                problems.Only(block, at, "type", "block_id");
                break;
            case "header":
                problems.Only(block, at, "type", "block_id", "text");
                PlainText(block, "text", BlockKitLimits.HeaderText, at, problems, required: true);
                break;
            case "section":
                Section(block, at, problems);
                break;
            case "context":
                problems.Only(block, at, "type", "block_id", "elements");
                Context(block, at, problems);
                break;
            case "image":
                ElementRules.Image(block, at, problems);
                break;
            case "actions":
                problems.Only(block, at, "type", "block_id", "elements");
                Actions(block, at, problems);
                break;
            case "input":
                problems.Only(block, at, "type", "block_id", "label", "hint", "element", "optional", "dispatch_action");
                PlainText(block, "label", BlockKitLimits.InputLabel, at, problems, required: true);
                PlainText(block, "hint", BlockKitLimits.InputHint, at, problems);
                problems.Boolean(block, "optional", at);
                problems.Boolean(block, "dispatch_action", at);
                if (block["element"] is null) problems.Add("missing required field: element", at);
                else ElementRules.CheckIn("input", block["element"], $"{at}/element", problems);
                break;
            case var type:
                problems.Add($"unsupported type: {type}", $"{at}/type");
                break;
        }
    }

    private static void Section(JsonObject block, string at, Problems problems)
    {
        problems.Only(block, at, "type", "block_id", "text", "fields", "accessory", "expand");
        if (block["text"] is null && block["fields"] is null) problems.Add("must define either `text` or `fields`", at);
        Text(block, "text", BlockKitLimits.SectionText, at, problems);
        if (block["fields"] is not null && problems.Array(block, "fields", 1, BlockKitLimits.SectionFields, at) is { } fields)
            for (int i = 0; i < fields.Count; i++)
                TextObject(fields[i], BlockKitLimits.SectionField, $"{at}/fields/{i}", problems);
        if (block["accessory"] is { } accessory) ElementRules.CheckIn("section", accessory, $"{at}/accessory", problems);
    }

    private static void Context(JsonObject block, string at, Problems problems)
    {
        if (problems.Array(block, "elements", 1, BlockKitLimits.ContextElements, at) is not { } elements) return;
        for (int i = 0; i < elements.Count; i++)
        {
            string pointer = $"{at}/elements/{i}";
            if (elements[i] is JsonObject element && element.TypeName() == "image")
                ElementRules.Image(element, pointer, problems);
            else
                TextObject(elements[i], BlockKitLimits.Text, pointer, problems);
        }
    }

    private static void Actions(JsonObject block, string at, Problems problems)
    {
        if (problems.Array(block, "elements", 1, BlockKitLimits.ActionsElements, at) is not { } elements) return;
        var actionIds = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < elements.Count; i++)
        {
            string pointer = $"{at}/elements/{i}";
            ElementRules.CheckIn("actions", elements[i], pointer, problems);
            if (elements[i] is JsonObject element && element["action_id"]?.AsText() is { } id && !actionIds.Add(id))
                problems.Add($"action_id already exists: {id}", $"{pointer}/action_id");
        }
    }
}
