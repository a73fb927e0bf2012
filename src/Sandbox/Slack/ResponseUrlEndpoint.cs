using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.State;
using ChatGovernance.Sandbox.Slack.WebApi;

namespace ChatGovernance.Sandbox.Slack;

/// <summary>
/// <c>response_url</c> and the answer to a slash command, which say the same
/// (https://docs.slack.dev/interactivity/handling-user-interaction#message_responses).
/// </summary>
internal static class ResponseUrlEndpoint
{
    public static async Task Handle(WorkspaceState state, HttpContext context, string key)
    {
        string body;
        using (var reader = new StreamReader(context.Request.Body)) body = await reader.ReadToEndAsync(context.RequestAborted);
        (int status, string? error) = state.Change(s => Answer(s, key, body));
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(
            error is null ? new JsonObject { ["ok"] = true } : new JsonObject { ["ok"] = false, ["error"] = error }, context.RequestAborted);
    }

    /// <summary>The message in the answer to a command; nothing when it is empty, and what is wrong with it when it cannot be shown.</summary>
    public static (SlackMessage? Message, string? Problem) CommandAnswer(WorkspaceState state, ResponseUrl url, string body)
    {
        if (string.IsNullOrWhiteSpace(body)) return (null, null);
        JsonObject said = Parse(body) ?? new JsonObject { ["text"] = body };
        if (said["text"] is null && said["blocks"] is null) return (null, null); // {"response_type":"in_channel"} only echoes the command
        (SlackMessage? message, string? error) = Post(state, url, said);
        return error is null ? (message, null) : (null, "invalid_command_response");
    }

    private static (int Status, string? Error) Answer(WorkspaceState state, string key, string body)
    {
        if (!state.ResponseUrls.TryGetValue(key, out ResponseUrl? url)) return (404, "no_such_url");
        if (state.Time.GetUtcNow() - url.At > ResponseUrl.Life) return (404, "expired_url");
        if (url.Used >= ResponseUrl.Uses) return (404, "used_url");
        if (Parse(body) is not { } said) return (400, "invalid_payload");
        state.ResponseUrls[key] = url with { Used = url.Used + 1 };
        int index = url.MessageTs is null ? -1 : state.Messages.FindIndex(m => m.ChannelId == url.ChannelId && m.Ts == url.MessageTs);
        if (Flag(said, "delete_original"))
        {
            if (index >= 0) state.Messages.RemoveAt(index);
            return (200, null);
        }
        if (!Flag(said, "replace_original") || index < 0) return Post(state, url, said) is (_, { } refused) ? (400, refused) : (200, null);
        (MessageContent? content, ApiAnswer? refusal) = MessageContent.Read(state, new ApiArguments(said), Blocks.BlockKitLimits.MessageText);
        if (content is null) return (400, refusal!.Error);
        state.Messages[index] = state.Messages[index] with
        {
            Text = content.Text,
            Blocks = content.Blocks ?? MessageContent.NoBlocks,
            EditedTs = state.NextTs(),
        };
        return (200, null);
    }

    private static (SlackMessage?, string?) Post(WorkspaceState state, ResponseUrl url, JsonObject said)
    {
        var arguments = new ApiArguments(said);
        (MessageContent? content, ApiAnswer? refusal) = MessageContent.Read(state, arguments, Blocks.BlockKitLimits.MessageText);
        if (content is null) return (null, refusal!.Error);
        string? onlyFor = arguments.Text("response_type") == "in_channel" ? null : url.UserId;
        return (ChatMethods.Add(state, state.Channels[url.ChannelId], content, arguments.Text("thread_ts") ?? url.ThreadTs, onlyFor), null);
    }

    private static bool Flag(JsonObject said, string name) => said[name] is { } flag && flag.GetValueKind() == JsonValueKind.True;

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
