using System.Text.Json;
using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.People;

/// <summary>What Slack itself asks of a modal's fields before it sends them to the app.</summary>
internal static class FieldChecks
{
    public static Dictionary<string, string> Errors(SlackView view)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonElement block in view.Blocks.EnumerateArray())
        {
            if (BlockReader.Member(block, "type") != "input") continue;
            JsonElement element = block.GetProperty("element");
            string blockId = BlockReader.Member(block, "block_id")!;
            bool optional = block.TryGetProperty("optional", out JsonElement flag) && flag.ValueKind == JsonValueKind.True;
            if (Error(element, ViewState.Get(view.State, blockId, BlockReader.Member(element, "action_id")!), optional) is { } error)
                errors[blockId] = error;
        }
        return errors;
    }

    private static string? Error(JsonElement element, JsonElement? entered, bool optional)
    {
        JsonElement? value = entered is { } state && state.TryGetProperty(ViewState.MemberOf(BlockReader.Member(element, "type")!), out JsonElement v) ? v : null;
        bool empty = value is not { } given || given.ValueKind == JsonValueKind.Null
            || (given.ValueKind == JsonValueKind.String && given.GetString()!.Length == 0)
            || (given.ValueKind == JsonValueKind.Array && given.GetArrayLength() == 0);
        if (empty) return optional ? null : "Please complete this required field.";
        if (BlockReader.Member(element, "type") != "plain_text_input") return null;
        int length = value!.Value.GetString()!.Length;
        if (Bound(element, "min_length") is { } min && length < min) return $"Enter at least {min} characters.";
        return Bound(element, "max_length") is { } max && length > max ? $"Enter at most {max} characters." : null;
    }

    private static int? Bound(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement bound) ? bound.GetInt32() : null;
}
