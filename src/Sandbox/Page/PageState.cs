using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Page;

/// <summary>What the page shows to one person.</summary>
internal static class PageState
{
    /// <summary>How many messages of a channel, replies included, the page gets.</summary>
    private const int Newest = 400;

    /// <summary>The state for this person, or for the first one when none is named; nothing when there is no such person.</summary>
    public static JsonObject? Of(SlackWorkspace workspace, string? id) => workspace.State.Read(s =>
    {
        SlackUser[] people = [.. s.Users.Values.Where(u => !u.IsBot && !u.IsDeleted)];
        SlackUser? me = id is null ? people.FirstOrDefault() : people.FirstOrDefault(u => u.Id == id);
        if (me is null) return null;
        SlackPerson person = workspace.Person(me.Id);
        SlackChannel direct = s.DirectWith(me.Id);
        SlackChannel[] channels = [.. s.Channels.Values.Where(c => c.Members.Contains(me.Id) && !c.IsDirect).OrderBy(c => c.Name, StringComparer.Ordinal), direct];
        return new JsonObject
        {
            ["version"] = s.Version,
            ["team"] = s.Options.TeamName,
            ["me"] = me.Id,
            ["app"] = s.Options.BotUserId,
            ["commands"] = JsonSerializer.SerializeToNode(s.Options.Commands, JsonSerializerOptions.Web),
            ["people"] = new JsonArray([.. people.Select(p => (JsonNode)Person(s, p))]),
            ["users"] = new JsonObject(s.Users.Values.Select(u => KeyValuePair.Create(u.Id, (JsonNode?)new JsonObject { ["name"] = u.RealName, ["bot"] = u.IsBot }))),
            ["channels"] = new JsonArray([.. channels.Select(c => (JsonNode)new JsonObject { ["id"] = c.Id, ["name"] = c.Name, ["direct"] = c.IsDirect, ["private"] = c.IsPrivate, ["archived"] = c.IsArchived })]),
            ["messages"] = new JsonArray([.. channels.SelectMany(c => s.Messages.Where(m => m.ChannelId == c.Id && person.CanSee(s, m)).TakeLast(Newest)).Select(m => (JsonNode)Message(m))]),
            ["modal"] = ViewStack.Top(s, me.Id) is { } top ? View(top, ViewStack.Of(s, me.Id).Count) : null,
            ["home"] = s.Homes.TryGetValue(me.Id, out string? home) ? View(s.Views[home], 1) : null,
        };
    });

    /// <summary>Somebody to switch to, with what the app wrote to them, so that the page can mark what is unread.</summary>
    private static JsonObject Person(WorkspaceState state, SlackUser user)
    {
        string? direct = state.Channels.Values.FirstOrDefault(c => c.IsDirect && c.Members.Contains(user.Id))?.Id;
        return new JsonObject
        {
            ["id"] = user.Id,
            ["name"] = user.RealName,
            ["handle"] = user.Name,
            ["direct"] = direct,
            ["inbox"] = new JsonArray([.. state.Messages.Where(m => m.ChannelId == direct && m.UserId != user.Id).Select(m => (JsonNode)m.Ts)]),
        };
    }

    private static JsonObject Message(SlackMessage message) => new()
    {
        ["channel"] = message.ChannelId,
        ["ts"] = message.Ts,
        ["user"] = message.UserId,
        ["text"] = message.Text,
        ["blocks"] = JsonSerializer.SerializeToNode(message.Blocks),
        ["thread"] = message.ThreadTs,
        ["reply"] = message.IsReply,
        ["ephemeral"] = message.OnlyFor is not null,
        ["edited"] = message.EditedTs,
        ["gone"] = message.IsTombstone,
    };

    private static JsonObject View(SlackView view, int depth)
    {
        JsonObject json = JsonSerializer.SerializeToNode(view.Content)!.AsObject();
        json["id"] = view.Id;
        json["hash"] = view.Hash;
        json["depth"] = depth;
        json["values"] = JsonSerializer.SerializeToNode(view.State);
        json.Remove("private_metadata");
        return json;
    }
}
