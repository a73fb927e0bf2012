using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.Blocks;

namespace ChatGovernance.Sandbox.Slack.People;

/// <summary>Options as elements list them and as apps answer them.</summary>
internal static class Options
{
    public static IReadOnlyList<SlackOption> Of(JsonElement owner) =>
        owner.TryGetProperty("options", out JsonElement options) ? [.. options.EnumerateArray().Select(Read)] : [];

    public static SlackOption Read(JsonElement option) => new(
        option.GetProperty("text").GetProperty("text").GetString()!,
        option.GetProperty("value").GetString()!,
        option.TryGetProperty("description", out JsonElement description) ? BlockReader.Member(description, "text") : null);

    public static JsonObject Write(SlackOption option)
    {
        var json = new JsonObject
        {
            ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = option.Text, ["emoji"] = true },
            ["value"] = option.Value,
        };
        if (option.Description is { } said) json["description"] = new JsonObject { ["type"] = "plain_text", ["text"] = said, ["emoji"] = true };
        return json;
    }

    /// <summary>What the options URL answered, checked: 100 options, or groups of them.</summary>
    public static SearchResult Answered(string body)
    {
        try
        {
            if (JsonNode.Parse(body) is not JsonObject answer) return new SearchResult([], "invalid_options");
            JsonArray groups = answer["option_groups"] as JsonArray ?? [new JsonObject { ["options"] = answer["options"]?.DeepClone() }];
            var problems = new Problems();
            List<SlackOption> all = [];
            foreach (JsonObject group in groups.OfType<JsonObject>())
            {
                if (group["options"] is JsonArray { Count: 0 }) continue; // nothing found is an answer
                CompositionRules.Options(group, BlockKitLimits.SelectOptions, "", problems);
                if (problems.Messages.Count > 0) return new SearchResult([], "invalid_options");
                all.AddRange(Of(JsonSerializer.SerializeToElement(group)));
            }
            return new SearchResult(all, null);
        }
        catch (JsonException)
        {
            return new SearchResult([], "invalid_options");
        }
    }
}
