using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Slack.State;

/// <summary>
/// <c>view.state.values</c>: block id → action id → what is entered (https://docs.slack.dev/reference/views/modal-views#state).
/// Elements outside of input blocks are in it as well, buttons and overflow menus are not.
/// </summary>
internal static class ViewState
{
    /// <summary>What a view starts with; entered values are taken over where the same element is still there.</summary>
    public static JsonElement Initial(JsonElement blocks, JsonElement? entered)
    {
        var values = new JsonObject();
        foreach ((JsonElement block, JsonElement element) in BlockReader.Interactive(blocks))
        {
            string type = BlockReader.Member(element, "type")!;
            if (type is "button" or "overflow") continue;
            string blockId = BlockReader.Member(block, "block_id")!, actionId = BlockReader.Member(element, "action_id")!;
            JsonObject of = values[blockId] as JsonObject ?? (JsonObject)(values[blockId] = new JsonObject());
            of[actionId] = Kept(entered, blockId, actionId, type) ?? FromElement(element, type);
        }
        return JsonSerializer.SerializeToElement(values);
    }

    public static JsonElement With(JsonElement values, string blockId, string actionId, JsonObject value)
    {
        JsonObject copy = JsonSerializer.SerializeToNode(values)!.AsObject();
        copy[blockId]!.AsObject()[actionId] = value;
        return JsonSerializer.SerializeToElement(copy);
    }

    public static JsonElement? Get(JsonElement values, string blockId, string actionId) =>
        values.TryGetProperty(blockId, out JsonElement block) && block.TryGetProperty(actionId, out JsonElement value) ? value : null;

    /// <summary>The member that holds the value of an element of this type.</summary>
    public static string MemberOf(string type) => type switch
    {
        "plain_text_input" => "value",
        "static_select" or "external_select" or "radio_buttons" or "overflow" => "selected_option",
        "checkboxes" => "selected_options",
        "users_select" => "selected_user",
        "datepicker" => "selected_date",
        "timepicker" => "selected_time",
        "datetimepicker" => "selected_date_time",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "holds no value"),
    };

    private static JsonNode? Kept(JsonElement? entered, string blockId, string actionId, string type) =>
        entered is { } values && Get(values, blockId, actionId) is { } value && BlockReader.Member(value, "type") == type
            ? JsonSerializer.SerializeToNode(value)
            : null;

    private static JsonObject FromElement(JsonElement element, string type)
    {
        string initial = type switch
        {
            "plain_text_input" => "initial_value",
            "checkboxes" => "initial_options",
            "users_select" => "initial_user",
            "datepicker" => "initial_date",
            "timepicker" => "initial_time",
            "datetimepicker" => "initial_date_time",
            _ => "initial_option",
        };
        JsonNode? value = element.TryGetProperty(initial, out JsonElement given) ? JsonSerializer.SerializeToNode(given) : null;
        return new JsonObject { ["type"] = type, [MemberOf(type)] = value ?? (type == "checkboxes" ? new JsonArray() : null) };
    }
}
