using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Slack.Blocks;

/// <summary>What is wrong with blocks or a view, each with the JSON pointer at which Slack would name it.</summary>
internal sealed class Problems
{
    private readonly List<string> _messages = [];

    public IReadOnlyList<string> Messages => _messages;

    public void Add(string problem, string pointer) => _messages.Add($"[ERROR] {problem} [json-pointer:{pointer}]");

    /// <summary>The value as an object, or nothing after a problem was noted.</summary>
    public JsonObject? Object(JsonNode? node, string pointer)
    {
        if (node is JsonObject found) return found;
        Add("must be an object", pointer);
        return null;
    }

    /// <summary>The member as an array within bounds, or nothing.</summary>
    public JsonArray? Array(JsonObject owner, string name, int min, int max, string pointer)
    {
        string at = $"{pointer}/{name}";
        if (owner[name] is null)
        {
            Add($"missing required field: {name}", pointer);
            return null;
        }
        if (owner[name] is not JsonArray items)
        {
            Add("must be an array", at);
            return null;
        }
        if (items.Count < min) Add($"no fewer than {min} items allowed", at);
        if (items.Count > max) Add($"no more than {max} items allowed", at);
        return items;
    }

    /// <summary>A string member within bounds; an absent optional one is nothing.</summary>
    public string? String(JsonObject owner, string name, int max, string pointer, bool required = false, int min = 1)
    {
        if (owner[name] is not { } node)
        {
            if (required) Add($"missing required field: {name}", pointer);
            return null;
        }
        string at = $"{pointer}/{name}";
        if (node.GetValueKind() != JsonValueKind.String)
        {
            Add("must be a string", at);
            return null;
        }
        string value = node.GetValue<string>();
        Bounds(SlackText.PlainLength(value), min, max, at);
        return value;
    }

    public int? Integer(JsonObject owner, string name, int min, int max, string pointer)
    {
        if (owner[name] is not { } node) return null;
        if (node is not JsonValue value || !value.TryGetValue(out int number))
            Add("must be an integer", $"{pointer}/{name}");
        else if (number < min || number > max)
            Add(string.Create(CultureInfo.InvariantCulture, $"must be between {min} and {max}"), $"{pointer}/{name}");
        else
            return number;
        return null;
    }

    public void Boolean(JsonObject owner, string name, string pointer)
    {
        if (owner[name] is { } node && node.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
            Add("must be a boolean", $"{pointer}/{name}");
    }

    public void OneOf(JsonObject owner, string name, string pointer, params ReadOnlySpan<string> allowed)
    {
        if (owner[name] is not { } node) return;
        if (node.GetValueKind() != JsonValueKind.String || !allowed.Contains(node.GetValue<string>()))
            Add($"must be one of: {string.Join(", ", allowed)}", $"{pointer}/{name}");
    }

    /// <summary>Slack refuses members that it does not know.</summary>
    public void Only(JsonObject owner, string pointer, params ReadOnlySpan<string> known)
    {
        foreach ((string name, _) in owner)
            if (!known.Contains(name))
                Add($"invalid additional property: {name}", pointer);
    }

    public void Bounds(int length, int min, int max, string at)
    {
        if (length > max) Add($"must be less than {max + 1} characters", at);
        if (length < min) Add($"must be more than {min - 1} characters", at);
    }
}
