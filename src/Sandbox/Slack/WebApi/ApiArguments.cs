using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Slack.WebApi;

/// <summary>A call's arguments, however they were sent: a form's are all text, and JSON within text is read as JSON.</summary>
internal sealed class ApiArguments(JsonObject values)
{
    /// <summary>The argument as text; nothing when it is absent, null or empty.</summary>
    public string? Text(string name) => values[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>() is { Length: > 0 } text ? text : null,
        var other => other.ToJsonString(),
    };

    /// <summary>The argument as JSON; nothing when it is absent.</summary>
    /// <returns>False when the text that was sent is no JSON.</returns>
    public bool TryJson(string name, out JsonNode? json)
    {
        json = values[name];
        if (json is not JsonValue value || value.GetValueKind() != JsonValueKind.String) return true;
        string text = value.GetValue<string>();
        json = null;
        if (text.Length == 0) return true;
        try
        {
            json = JsonNode.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public bool Has(string name) => values[name] is not null;

    public bool Flag(string name, bool otherwise = false) => Text(name) switch
    {
        null => otherwise,
        "1" or "true" or "True" => true,
        _ => false,
    };

    /// <summary>A whole number, or <paramref name="otherwise"/> when absent; nothing when it cannot be read.</summary>
    public int? Number(string name, int otherwise)
    {
        if (Text(name) is not { } text) return otherwise;
        return int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : null;
    }

    public JsonElement Recorded()
    {
        var copy = (JsonObject)values.DeepClone();
        copy.Remove("token");
        foreach (string name in (string[])["blocks", "view", "metadata", "attachments"])
            if (TryJson(name, out JsonNode? json) && json is not null)
                copy[name] = json.DeepClone();
        return JsonSerializer.SerializeToElement(copy);
    }
}
