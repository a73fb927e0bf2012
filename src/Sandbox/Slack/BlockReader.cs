using System.Text.Json;

namespace ChatGovernance.Sandbox.Slack;

/// <summary>Reads stored blocks as a person would.</summary>
internal static class BlockReader
{
    public static IEnumerable<string> Texts(JsonElement blocks)
    {
        foreach (JsonElement block in blocks.EnumerateArray())
            foreach (string text in Within(block))
                yield return text;
    }

    public static IEnumerable<SlackButton> Buttons(JsonElement blocks)
    {
        foreach (JsonElement block in blocks.EnumerateArray())
            foreach (JsonElement element in Elements(block))
                if (Member(element, "type") == "button")
                    yield return new SlackButton(
                        Member(block, "block_id")!, Member(element, "action_id")!, element.GetProperty("text").GetProperty("text").GetString()!,
                        Member(element, "value"), Member(element, "style"), Member(element, "url"));
    }

    /// <summary>Every interactive element with the block it stands in.</summary>
    public static IEnumerable<(JsonElement Block, JsonElement Element)> Interactive(JsonElement blocks) =>
        from block in blocks.EnumerateArray()
        from element in Elements(block)
        where element.TryGetProperty("action_id", out _)
        select (block, element);

    public static string? Member(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<JsonElement> Elements(JsonElement block)
    {
        if (block.TryGetProperty("elements", out JsonElement elements))
            foreach (JsonElement element in elements.EnumerateArray())
                yield return element;
        if (block.TryGetProperty("accessory", out JsonElement accessory)) yield return accessory;
        if (block.TryGetProperty("element", out JsonElement input)) yield return input;
    }

    private static IEnumerable<string> Within(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in node.EnumerateArray())
                foreach (string text in Within(item))
                    yield return text;
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            if (Member(node, "type") is "plain_text" or "mrkdwn" && Member(node, "text") is { } said) yield return said;
            foreach (JsonProperty member in node.EnumerateObject())
                if (member.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
                    foreach (string text in Within(member.Value))
                        yield return text;
        }
    }
}
