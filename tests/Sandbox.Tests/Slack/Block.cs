using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Tests.Slack;

/// <summary>Blocks for tests.</summary>
internal static class Block
{
    public static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = text };

    public static JsonObject Markup(string text) => new() { ["type"] = "mrkdwn", ["text"] = text };

    public static JsonObject Section(string text, bool markup = false) => new() { ["type"] = "section", ["text"] = markup ? Markup(text) : Plain(text) };

    public static JsonObject Header(string text) => new() { ["type"] = "header", ["text"] = Plain(text) };

    public static JsonObject Button(string text, string action, string? value = null) => new()
    {
        ["type"] = "button",
        ["text"] = Plain(text),
        ["action_id"] = action,
        ["value"] = value,
    };

    public static JsonObject Actions(params JsonNode?[] elements) => new() { ["type"] = "actions", ["elements"] = new JsonArray(elements) };

    public static JsonObject Option(string text, string value) => new() { ["text"] = Plain(text), ["value"] = value };

    public static JsonObject Select(string action, params JsonNode?[] options) => new()
    {
        ["type"] = "static_select",
        ["action_id"] = action,
        ["options"] = new JsonArray(options),
    };

    public static JsonObject Input(string block, JsonObject element) => new()
    {
        ["type"] = "input",
        ["block_id"] = block,
        ["label"] = Plain(block),
        ["element"] = element,
    };

    public static JsonObject TextInput(string action) => new() { ["type"] = "plain_text_input", ["action_id"] = action };

    public static JsonObject Modal(params JsonNode?[] blocks) => new()
    {
        ["type"] = "modal",
        ["title"] = Plain("Ask"),
        ["submit"] = Plain("Send"),
        ["blocks"] = new JsonArray(blocks),
    };

    public static JsonObject Home(params JsonNode?[] blocks) => new() { ["type"] = "home", ["blocks"] = new JsonArray(blocks) };

    public static JsonObject With(this JsonObject node, string name, JsonNode? value)
    {
        node[name] = value;
        return node;
    }
}
