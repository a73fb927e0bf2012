using System.Text.Json.Nodes;
using static ChatGovernance.Sandbox.Slack.Blocks.CompositionRules;

namespace ChatGovernance.Sandbox.Slack.Blocks;

/// <summary>Interactive elements: https://docs.slack.dev/reference/block-kit/block-elements</summary>
internal static class ElementRules
{
    private static readonly HashSet<string> InActions =
        ["button", "static_select", "external_select", "users_select", "overflow", "checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker"];

    private static readonly HashSet<string> InInput =
        ["plain_text_input", "static_select", "external_select", "users_select", "checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker"];

    private static readonly HashSet<string> InSection = [.. InActions, "image"];

    public static void CheckIn(string block, JsonNode? node, string pointer, Problems problems)
    {
        if (problems.Object(node, pointer) is not { } element) return;
        HashSet<string> allowed = block switch { "actions" => InActions, "input" => InInput, _ => InSection };
        string? type = element.TypeName();
        if (type is null || !allowed.Contains(type))
        {
            problems.Add($"unsupported type: {type}", $"{pointer}/type");
            return;
        }
        if (type == "image")
        {
            Image(element, pointer, problems);
            return;
        }
        problems.String(element, "action_id", BlockKitLimits.ActionId, pointer);
        problems.Boolean(element, "focus_on_load", pointer);
        Confirm(element, pointer, problems);
        Check(type, element, pointer, problems);
    }

    public static void Image(JsonObject image, string pointer, Problems problems)
    {
        problems.Only(image, pointer, "type", "block_id", "image_url", "alt_text", "title");
        problems.String(image, "image_url", BlockKitLimits.ImageUrl, pointer, required: true);
        problems.String(image, "alt_text", BlockKitLimits.ImageAltText, pointer, required: true);
        PlainText(image, "title", BlockKitLimits.ImageTitle, pointer, problems);
    }

    private static void Check(string type, JsonObject element, string pointer, Problems problems)
    {
        switch (type)
        {
            case "button":
                problems.Only(element, pointer, "type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label");
                PlainText(element, "text", BlockKitLimits.ButtonText, pointer, problems, required: true);
                problems.String(element, "value", BlockKitLimits.ButtonValue, pointer, min: 0);
                problems.String(element, "url", BlockKitLimits.ButtonUrl, pointer);
                problems.String(element, "accessibility_label", BlockKitLimits.AccessibilityLabel, pointer);
                problems.OneOf(element, "style", pointer, "primary", "danger");
                break;
            case "static_select":
                problems.Only(element, pointer, "type", "action_id", "options", "initial_option", "confirm", "focus_on_load", "placeholder");
                Options(element, BlockKitLimits.SelectOptions, pointer, problems);
                InitialOption(element, pointer, problems);
                PlainText(element, "placeholder", BlockKitLimits.Placeholder, pointer, problems);
                break;
            case "external_select":
                problems.Only(element, pointer, "type", "action_id", "initial_option", "min_query_length", "confirm", "focus_on_load", "placeholder");
                problems.Integer(element, "min_query_length", 0, int.MaxValue, pointer);
                if (element["initial_option"] is { } initial) Option(initial, $"{pointer}/initial_option", problems);
                PlainText(element, "placeholder", BlockKitLimits.Placeholder, pointer, problems);
                break;
            case "users_select":
                problems.Only(element, pointer, "type", "action_id", "initial_user", "confirm", "focus_on_load", "placeholder");
                PlainText(element, "placeholder", BlockKitLimits.Placeholder, pointer, problems);
                break;
            case "overflow":
                problems.Only(element, pointer, "type", "action_id", "options", "confirm");
                Options(element, BlockKitLimits.OverflowOptions, pointer, problems);
                break;
            case "checkboxes":
                problems.Only(element, pointer, "type", "action_id", "options", "initial_options", "confirm", "focus_on_load");
                Options(element, BlockKitLimits.ChoiceOptions, pointer, problems, markupAllowed: true);
                break;
            case "radio_buttons":
                problems.Only(element, pointer, "type", "action_id", "options", "initial_option", "confirm", "focus_on_load");
                Options(element, BlockKitLimits.ChoiceOptions, pointer, problems, markupAllowed: true);
                InitialOption(element, pointer, problems);
                break;
            case "datepicker" or "timepicker" or "datetimepicker":
                problems.Only(element, pointer, "type", "action_id", "initial_date", "initial_time", "initial_date_time", "confirm", "focus_on_load", "placeholder", "timezone");
                PlainText(element, "placeholder", BlockKitLimits.Placeholder, pointer, problems);
                break;
            case "plain_text_input":
                PlainTextInput(element, pointer, problems);
                break;
        }
    }

    private static void PlainTextInput(JsonObject element, string pointer, Problems problems)
    {
        problems.Only(element, pointer, "type", "action_id", "initial_value", "multiline", "min_length", "max_length", "dispatch_action_config", "focus_on_load", "placeholder");
        problems.Boolean(element, "multiline", pointer);
        int? min = problems.Integer(element, "min_length", 0, BlockKitLimits.PlainTextInput, pointer);
        int? max = problems.Integer(element, "max_length", 1, BlockKitLimits.PlainTextInput, pointer);
        if (min > max) problems.Add("min_length must be less than or equal to max_length", $"{pointer}/min_length");
        problems.String(element, "initial_value", max ?? BlockKitLimits.PlainTextInput, pointer, min: 0);
        PlainText(element, "placeholder", BlockKitLimits.Placeholder, pointer, problems);
    }
}
