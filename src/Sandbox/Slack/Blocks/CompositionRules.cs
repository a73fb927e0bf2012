using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Slack.Blocks;

/// <summary>Texts, options and confirmations: https://docs.slack.dev/reference/block-kit/composition-objects</summary>
internal static class CompositionRules
{
    public static void PlainText(JsonObject owner, string name, int max, string pointer, Problems problems, bool required = false) =>
        Text(owner, name, max, pointer, problems, required, plainOnly: true);

    public static void Text(
        JsonObject owner, string name, int max, string pointer, Problems problems, bool required = false, bool plainOnly = false)
    {
        if (owner[name] is null)
        {
            if (required) problems.Add($"missing required field: {name}", pointer);
            return;
        }
        TextObject(owner[name], max, $"{pointer}/{name}", problems, plainOnly);
    }

    public static void TextObject(JsonNode? node, int max, string pointer, Problems problems, bool plainOnly = false)
    {
        if (problems.Object(node, pointer) is not { } text) return;
        string? type = text.TypeName();
        if (type is not ("plain_text" or "mrkdwn") || (plainOnly && type != "plain_text"))
        {
            problems.Add(plainOnly ? "must be a plain_text object" : $"unsupported type: {type}", $"{pointer}/type");
            return;
        }
        if (type == "plain_text") problems.Only(text, pointer, "type", "text", "emoji");
        else problems.Only(text, pointer, "type", "text", "verbatim");
        if (text["text"] is not { } value || value.GetValueKind() != JsonValueKind.String)
        {
            problems.Add("missing required field: text", pointer);
            return;
        }
        int length = SlackText.Length(value.GetValue<string>(), markup: type == "mrkdwn");
        problems.Bounds(length, 1, max, $"{pointer}/text");
    }

    /// <summary>A list of options; several groups are not drawn here, so they are not accepted either.</summary>
    public static void Options(JsonObject owner, int max, string pointer, Problems problems, bool markupAllowed = false)
    {
        if (problems.Array(owner, "options", 1, max, pointer) is not { } options) return;
        var values = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < options.Count; i++)
        {
            string at = $"{pointer}/options/{i}";
            Option(options[i], at, problems, markupAllowed);
            if (options[i] is JsonObject option && option["value"]?.AsText() is { } value && !values.Add(value))
                problems.Add($"duplicate option value: {value}", $"{at}/value");
        }
    }

    public static void Option(JsonNode? node, string pointer, Problems problems, bool markupAllowed = false)
    {
        if (problems.Object(node, pointer) is not { } option) return;
        problems.Only(option, pointer, "text", "value", "description", "url");
        Text(option, "text", BlockKitLimits.OptionText, pointer, problems, required: true, plainOnly: !markupAllowed);
        problems.String(option, "value", BlockKitLimits.OptionValue, pointer, required: true);
        Text(option, "description", BlockKitLimits.OptionDescription, pointer, problems, plainOnly: !markupAllowed);
    }

    /// <summary>An option picked from the start has to be one of those offered, member for member.</summary>
    public static void InitialOption(JsonObject owner, string pointer, Problems problems)
    {
        if (owner["initial_option"] is not { } initial || owner["options"] is not JsonArray options) return;
        if (!options.Any(o => JsonNode.DeepEquals(o, initial)))
            problems.Add("initial_option must be one of the options", $"{pointer}/initial_option");
    }

    public static void Confirm(JsonObject owner, string pointer, Problems problems)
    {
        if (owner["confirm"] is null) return;
        string at = $"{pointer}/confirm";
        if (problems.Object(owner["confirm"], at) is not { } confirm) return;
        problems.Only(confirm, at, "title", "text", "confirm", "deny", "style");
        PlainText(confirm, "title", BlockKitLimits.ConfirmTitle, at, problems, required: true);
        Text(confirm, "text", BlockKitLimits.ConfirmText, at, problems, required: true);
        PlainText(confirm, "confirm", BlockKitLimits.ConfirmButton, at, problems, required: true);
        PlainText(confirm, "deny", BlockKitLimits.ConfirmButton, at, problems, required: true);
        problems.OneOf(confirm, "style", at, "primary", "danger");
    }

    public static string? TypeName(this JsonObject node) => node["type"]?.AsText();

    public static string? AsText(this JsonNode node) =>
        node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
