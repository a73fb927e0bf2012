using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Slack.WebApi;

/// <summary>What a method answers: <c>{"ok":true,…}</c>, or <c>{"ok":false,"error":…}</c> with what is wrong.</summary>
internal sealed record ApiAnswer(JsonObject Body, string? Error)
{
    public static ApiAnswer Ok(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var body = new JsonObject { ["ok"] = true };
        foreach ((string name, JsonNode? value) in members) body[name] = value;
        return new ApiAnswer(body, null);
    }

    public static ApiAnswer Refused(string error, params IReadOnlyList<string> messages)
    {
        var body = new JsonObject { ["ok"] = false, ["error"] = error };
        if (messages.Count > 0)
        {
            body["errors"] = Array(messages);
            body["response_metadata"] = new JsonObject { ["messages"] = Array(messages) };
        }
        return new ApiAnswer(body, error);
    }

    public static ApiAnswer Missing(string argument) =>
        Refused("invalid_arguments", $"[ERROR] missing required field: {argument}");

    private static JsonArray Array(IReadOnlyList<string> messages) => [.. messages.Select(m => (JsonNode)m)];
}
