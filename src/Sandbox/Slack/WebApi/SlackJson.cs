using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.WebApi;

/// <summary>The workspace's values as Slack writes them.</summary>
internal static class SlackJson
{
    public static JsonNode? Node(JsonElement element) => JsonSerializer.SerializeToNode(element);

    public static JsonObject Message(WorkspaceState state, SlackMessage message, bool withMetadata)
    {
        var json = new JsonObject { ["type"] = "message", ["user"] = message.UserId, ["ts"] = message.Ts, ["text"] = message.Text };
        if (message.IsTombstone)
        {
            json["subtype"] = "tombstone";
            json["hidden"] = true;
        }
        if (message.FromApp)
        {
            json["bot_id"] = state.Options.BotId;
            json["app_id"] = state.Options.AppId;
            json["team"] = state.Options.TeamId;
        }
        if (message.Blocks.GetArrayLength() > 0) json["blocks"] = Node(message.Blocks);
        if (message.EditedTs is { } edited) json["edited"] = new JsonObject { ["user"] = message.UserId, ["ts"] = edited };
        if (message.ThreadTs is { } thread)
        {
            json["thread_ts"] = thread;
            if (message.IsReply) json["parent_user_id"] = Root(state, message)?.UserId;
            else Replies(state, message, json);
        }
        if (withMetadata && message.Metadata is { } metadata) json["metadata"] = Node(metadata);
        return json;
    }

    public static JsonObject Channel(WorkspaceState state, SlackChannel channel)
    {
        bool member = channel.Members.Contains(state.Options.BotUserId);
        var json = new JsonObject
        {
            ["id"] = channel.Id,
            ["created"] = channel.CreatedAt.ToUnixTimeSeconds(),
            ["is_im"] = channel.IsDirect,
            ["is_mpim"] = false,
            ["is_archived"] = channel.IsArchived,
            ["is_org_shared"] = false,
            ["context_team_id"] = state.Options.TeamId,
        };
        if (channel.IsDirect)
        {
            string user = channel.Members.First(m => m != state.Options.BotUserId);
            json["user"] = user;
            json["is_user_deleted"] = state.Users[user].IsDeleted;
            return json;
        }
        json["name"] = channel.Name;
        json["name_normalized"] = channel.Name;
        json["is_channel"] = !channel.IsPrivate;
        json["is_group"] = channel.IsPrivate;
        json["is_private"] = channel.IsPrivate;
        json["is_general"] = channel.Name == "general";
        json["is_member"] = member;
        json["is_shared"] = false;
        json["is_ext_shared"] = false;
        json["num_members"] = channel.Members.Count;
        return json;
    }

    public static JsonObject User(WorkspaceState state, SlackUser user)
    {
        bool stranger = user.TeamId != state.Options.TeamId;
        var profile = new JsonObject { ["real_name"] = user.RealName, ["display_name"] = user.Name, ["team"] = user.TeamId };
        if (user.Email is { } email && !stranger) profile["email"] = email;
        var json = new JsonObject
        {
            ["id"] = user.Id,
            ["team_id"] = user.TeamId,
            ["name"] = user.Name,
            ["deleted"] = user.IsDeleted,
            ["profile"] = profile,
            ["is_bot"] = user.IsBot,
            ["is_app_user"] = false,
            ["updated"] = 0,
        };
        if (user.IsDeleted) return json; // Slack leaves the rest out for accounts that were deactivated
        json["real_name"] = user.RealName;
        json["tz"] = "Europe/Amsterdam";
        json["tz_offset"] = 3600;
        foreach (string name in (string[])["is_admin", "is_owner", "is_primary_owner"]) json[name] = false;
        json["is_restricted"] = user.IsGuest || user.IsSingleChannelGuest;
        json["is_ultra_restricted"] = user.IsSingleChannelGuest;
        json["is_email_confirmed"] = user.IsEmailConfirmed;
        if (stranger) json["is_stranger"] = true;
        if (state.Options.EnterpriseId is { } enterprise && !stranger)
            json["enterprise_user"] = new JsonObject { ["id"] = user.Id, ["enterprise_id"] = enterprise, ["teams"] = new JsonArray(user.TeamId) };
        return json;
    }

    public static JsonObject View(WorkspaceState state, SlackView view)
    {
        JsonObject json = Node(view.Content)!.AsObject();
        json["id"] = view.Id;
        json["team_id"] = state.Options.TeamId;
        json["app_id"] = state.Options.AppId;
        json["bot_id"] = state.Options.BotId;
        json["app_installed_team_id"] = state.Options.TeamId;
        json["hash"] = view.Hash;
        json["root_view_id"] = view.RootViewId;
        json["previous_view_id"] = view.PreviousViewId;
        json["state"] = new JsonObject { ["values"] = Node(view.State) };
        foreach (string name in (string[])["private_metadata", "callback_id", "external_id"]) json[name] ??= "";
        foreach (string name in (string[])["clear_on_close", "notify_on_close"]) json[name] ??= false;
        foreach (string name in (string[])["title", "submit", "close"]) json[name] ??= null;
        return json;
    }

    public static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static SlackMessage? Root(WorkspaceState state, SlackMessage reply) =>
        state.IndexOf(reply.ChannelId, reply.ThreadTs!) is >= 0 and var index ? state.Messages[index] : null;

    private static void Replies(WorkspaceState state, SlackMessage root, JsonObject json)
    {
        SlackMessage[] replies = [.. state.Messages.Where(m => m.ChannelId == root.ChannelId && m.ThreadTs == root.Ts && m.IsReply && m.OnlyFor is null)];
        json["reply_count"] = replies.Length;
        json["reply_users_count"] = replies.Select(r => r.UserId).Distinct(StringComparer.Ordinal).Count();
        json["latest_reply"] = replies.Length == 0 ? null : replies[^1].Ts;
    }
}
