using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.State;
using ChatGovernance.Sandbox.Slack.WebApi;

namespace ChatGovernance.Sandbox.Slack.People;

/// <summary>What Slack sends to an app: https://docs.slack.dev/reference/interaction-payloads</summary>
internal static class Payloads
{
    /// <summary>The deprecated verification token; apps look at the signature instead.</summary>
    private const string Token = "deprecated";

    public static List<KeyValuePair<string, string>> Command(
        WorkspaceState state, SlackUser user, SlackChannel channel, string command, string text, string triggerId, string responseUrl)
    {
        List<KeyValuePair<string, string>> form =
        [
            new("token", Token), new("team_id", state.Options.TeamId), new("team_domain", state.Options.TeamDomain),
            new("channel_id", channel.Id), new("channel_name", ChannelName(channel)), new("user_id", user.Id), new("user_name", user.Name),
            new("command", command), new("text", text), new("api_app_id", state.Options.AppId), new("is_enterprise_install", "false"),
            new("response_url", responseUrl), new("trigger_id", triggerId),
        ];
        if (state.Options.EnterpriseId is { } enterprise)
            form.AddRange([new("enterprise_id", enterprise), new("enterprise_name", "Sandbox Grid")]);
        return form;
    }

    public static JsonObject MessageAction(WorkspaceState state, SlackUser user, SlackMessage message, JsonObject action, string triggerId, string responseUrl)
    {
        SlackChannel channel = state.Channels[message.ChannelId];
        JsonObject payload = Start(state, user, "block_actions");
        var container = new JsonObject
        {
            ["type"] = "message",
            ["message_ts"] = message.Ts,
            ["channel_id"] = channel.Id,
            ["is_ephemeral"] = message.OnlyFor is not null,
        };
        if (message.ThreadTs is { } thread) container["thread_ts"] = thread;
        payload["container"] = container;
        payload["trigger_id"] = triggerId;
        payload["channel"] = new JsonObject { ["id"] = channel.Id, ["name"] = ChannelName(channel) };
        payload["message"] = SlackJson.Message(state, message, withMetadata: true);
        payload["state"] = new JsonObject { ["values"] = new JsonObject() };
        payload["response_url"] = responseUrl;
        payload["actions"] = new JsonArray(action);
        return payload;
    }

    public static JsonObject ViewAction(WorkspaceState state, SlackUser user, SlackView view, JsonObject action, string triggerId)
    {
        JsonObject payload = Start(state, user, "block_actions");
        payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view.Id };
        payload["trigger_id"] = triggerId;
        payload["view"] = SlackJson.View(state, view);
        payload["actions"] = new JsonArray(action);
        return payload;
    }

    public static JsonObject Suggestion(WorkspaceState state, SlackUser user, SlackView? view, SlackMessage? message, string blockId, string actionId, string query)
    {
        JsonObject payload = Start(state, user, "block_suggestion");
        payload["action_id"] = actionId;
        payload["block_id"] = blockId;
        payload["value"] = query;
        if (view is not null)
        {
            payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view.Id };
            payload["view"] = SlackJson.View(state, view);
        }
        else if (message is not null)
        {
            payload["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = message.Ts, ["channel_id"] = message.ChannelId };
            payload["channel"] = new JsonObject { ["id"] = message.ChannelId, ["name"] = ChannelName(state.Channels[message.ChannelId]) };
        }
        return payload;
    }

    public static JsonObject Submission(WorkspaceState state, SlackUser user, SlackView view, string triggerId)
    {
        JsonObject payload = Start(state, user, "view_submission");
        payload["trigger_id"] = triggerId;
        payload["view"] = SlackJson.View(state, view);
        payload["response_urls"] = new JsonArray();
        return payload;
    }

    public static JsonObject Closed(WorkspaceState state, SlackUser user, SlackView view, bool cleared)
    {
        JsonObject payload = Start(state, user, "view_closed");
        payload["view"] = SlackJson.View(state, view);
        payload["is_cleared"] = cleared;
        return payload;
    }

    public static JsonObject Event(WorkspaceState state, JsonObject inner)
    {
        SlackWorkspaceOptions options = state.Options;
        return new JsonObject
        {
            ["token"] = Token,
            ["team_id"] = options.TeamId,
            ["api_app_id"] = options.AppId,
            ["event"] = inner,
            ["type"] = "event_callback",
            ["event_id"] = $"Ev{Random()}",
            ["event_time"] = state.Time.GetUtcNow().ToUnixTimeSeconds(),
            ["authorizations"] = new JsonArray(new JsonObject
            {
                ["enterprise_id"] = options.EnterpriseId,
                ["team_id"] = options.TeamId,
                ["user_id"] = options.BotUserId,
                ["is_bot"] = true,
                ["is_enterprise_install"] = false,
            }),
            ["is_ext_shared_channel"] = false,
            ["event_context"] = Random(),
        };
    }

    public static string NewTrigger(WorkspaceState state, string userId, bool fromView)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"{state.NextNumber()}.{state.NextNumber()}.{Random()}");
        state.Triggers[id] = new Trigger(id, userId, state.Time.GetUtcNow(), fromView);
        return id;
    }

    public static string Random() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public static string ChannelName(SlackChannel channel) =>
        channel.IsDirect ? "directmessage" : channel.IsPrivate ? "privategroup" : channel.Name;

    private static JsonObject Start(WorkspaceState state, SlackUser user, string type)
    {
        SlackWorkspaceOptions options = state.Options;
        var team = new JsonObject { ["id"] = options.TeamId, ["domain"] = options.TeamDomain };
        JsonObject? enterprise = null;
        if (options.EnterpriseId is { } id)
        {
            team["enterprise_id"] = id;
            team["enterprise_name"] = "Sandbox Grid";
            enterprise = new JsonObject { ["id"] = id, ["name"] = "Sandbox Grid" };
        }
        return new JsonObject
        {
            ["type"] = type,
            ["team"] = team,
            ["user"] = new JsonObject { ["id"] = user.Id, ["username"] = user.Name, ["name"] = user.Name, ["team_id"] = user.TeamId },
            ["api_app_id"] = options.AppId,
            ["token"] = Token,
            ["enterprise"] = enterprise,
            ["is_enterprise_install"] = false,
        };
    }
}
