using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGovernance.TestSupport.Teams;

/// <summary>Somebody who uses Teams. What they do is told to the bot as the Bot Connector tells it.</summary>
public sealed class TeamsPerson(TeamsTenant tenant, TeamsUser user)
{
    private static readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private static int last;

    public TeamsUser User => user;

    /// <summary>The conversation with the bot.</summary>
    public string Direct => TeamsTenant.ConversationOf(user);

    public IReadOnlyList<TeamsMessage> Messages => tenant.Messages(Direct, user);

    /// <summary>Installs the app for themselves.</summary>
    public Task<BotAnswer> Installs(CancellationToken ct)
    {
        tenant.Put(Direct, user);
        return Send(Activity("installationUpdate", Direct, ("action", "add")), ct);
    }

    public Task<BotAnswer> Uninstalls(CancellationToken ct)
    {
        tenant.Delete(Direct);
        return Send(Activity("installationUpdate", Direct, ("action", "remove")), ct);
    }

    /// <summary>Writes to the bot; elsewhere than in their own conversation they have to mention it.</summary>
    public Task<BotAnswer> Types(string text, CancellationToken ct, string? conversation = null)
    {
        const string mention = "<at>ChatGovernance</at>";
        var activity = Activity("message", conversation ?? Direct, ("text", conversation is null ? text : $"{mention} {text}"), ("textFormat", "plain"));
        if (conversation is not null)
            activity["entities"] = new JsonArray(new JsonObject { ["type"] = "mention", ["text"] = mention, ["mentioned"] = new JsonObject { ["id"] = Bot } });
        return Send(activity, ct);
    }

    /// <summary>Presses a button as it stands in the message that they saw, which may be stale by now.</summary>
    /// <param name="entered">What they entered in the card's fields.</param>
    public async Task<BotAnswer> Clicks(TeamsMessage seen, string button, CancellationToken ct, params (string Field, string Value)[] entered)
    {
        var answer = await Send(Click(seen, button, entered), ct);
        if (answer.Card is { } card)
            tenant.Show(seen.Id, user, card);
        return answer;
    }

    /// <summary>The press itself, to be sent as often as one likes.</summary>
    public JsonObject Click(TeamsMessage seen, string button, params (string Field, string Value)[] entered)
    {
        var pressed = seen.Buttons.FirstOrDefault(one => one.Text == button) ?? throw new InvalidOperationException($"there is no button \"{button}\"; there are: {string.Join(", ", seen.Buttons.Select(one => one.Text))}");
        var data = JsonNode.Parse(pressed.Data.GetRawText())!.AsObject();
        foreach (var (field, value) in seen.Inputs.Select(input => (input.Key, input.Value)).Concat(entered))
            data[field] = value;
        if (pressed.Type == "Action.Submit")
            return Invoke(data.ContainsKey("msteams") ? "task/fetch" : "task/submit", seen, new JsonObject { ["data"] = data });
        return Invoke("adaptiveCard/action", seen, new JsonObject
        {
            ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = pressed.Action.GetProperty("verb").GetString(), ["data"] = data },
            ["trigger"] = "manual",
        });
    }

    /// <summary>What their client does when they see a card that is to be refreshed for them.</summary>
    public async Task<BotAnswer> Refreshes(TeamsMessage seen, CancellationToken ct)
    {
        var action = seen.Card.GetProperty("refresh").GetProperty("action");
        var answer = await Send(Invoke("adaptiveCard/action", seen, new JsonObject { ["action"] = JsonNode.Parse(action.GetRawText()), ["trigger"] = "automatic" }), ct);
        if (answer.Card is { } card)
            tenant.Show(seen.Id, user, card);
        return answer;
    }

    /// <summary>Types in the field in which a target is searched for.</summary>
    public Task<BotAnswer> Searches(TeamsMessage seen, string text, CancellationToken ct) => Send(
        Invoke("application/search", seen, new JsonObject { ["queryText"] = text, ["kind"] = "search", ["dataset"] = "targets", ["queryOptions"] = new JsonObject { ["skip"] = 0, ["top"] = 15 } }), ct);

    public JsonObject Invoke(string name, TeamsMessage seen, JsonObject value)
    {
        var activity = Activity("invoke", seen.Conversation, ("name", name), ("replyToId", seen.Id));
        activity["value"] = value;
        return activity;
    }

    /// <summary>A message of the bot's to them, once one is there that fits.</summary>
    public Task<TeamsMessage> Sees(Func<TeamsMessage, bool> fits, CancellationToken ct) => tenant.Sees(Direct, user, fits, $"a message that {user.Name} sees", ct);

    /// <summary>A message whose text contains this.</summary>
    public Task<TeamsMessage> Sees(string text, CancellationToken ct) => Sees(message => message.AllText.Contains(text, StringComparison.Ordinal), ct);

    /// <summary>An activity of theirs, with everything around it.</summary>
    public JsonObject Activity(string type, string conversation, params IEnumerable<(string Name, string Value)> with)
    {
        var activity = new JsonObject
        {
            ["type"] = type,
            ["id"] = $"f:{Interlocked.Increment(ref last)}",
            ["channelId"] = "msteams",
            ["serviceUrl"] = tenant.ServiceUrl.AbsoluteUri,
            ["from"] = new JsonObject { ["id"] = user.MemberId, ["aadObjectId"] = user.ObjectId, ["name"] = user.RealName },
            ["recipient"] = new JsonObject { ["id"] = Bot, ["name"] = "ChatGovernance" },
            ["conversation"] = new JsonObject { ["id"] = conversation, ["tenantId"] = TeamsTenant.TenantId, ["conversationType"] = conversation == Direct ? "personal" : "channel" },
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = TeamsTenant.TenantId } },
        };
        foreach (var (name, value) in with)
            activity[name] = value;
        return activity;
    }

    /// <summary>Claims of a token that is in order.</summary>
    public JsonObject Claims()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject { ["iss"] = "https://api.botframework.com", ["aud"] = TeamsTenant.AppId, ["serviceurl"] = tenant.ServiceUrl.AbsoluteUri, ["nbf"] = now - 10, ["exp"] = now + 3600 };
    }

    public Task<BotAnswer> Send(JsonObject activity, CancellationToken ct) => Send(Encoding.UTF8.GetBytes(activity.ToJsonString()), tenant.Keys[0].Key.Sign(Claims()), ct);

    /// <param name="token">Null: none.</param>
    public async Task<BotAnswer> Send(byte[] body, string? token, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(tenant.BotUrl, "api/messages")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, ct);
        return new BotAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
    }

    private static string Bot => $"28:{TeamsTenant.AppId}";
}

/// <summary>What the bot answered.</summary>
public sealed record BotAnswer(HttpStatusCode Status, string Body)
{
    public JsonElement? Json => Body.Length == 0 ? null : JsonDocument.Parse(Body).RootElement;

    /// <summary>In the body of an answer to an invoke.</summary>
    public int? InnerStatus => Json?.TryGetProperty("statusCode", out var status) == true ? status.GetInt32() : null;

    /// <summary>What the card becomes; or what a dialog shows.</summary>
    public JsonElement? Card => Json switch
    {
        { } json when json.TryGetProperty("type", out var type) && type.ValueEquals("application/vnd.microsoft.card.adaptive") => json.GetProperty("value"),
        { } json when json.TryGetProperty("task", out var task) && task.GetProperty("type").ValueEquals("continue") => task.GetProperty("value").GetProperty("card").GetProperty("content"),
        _ => null,
    };

    /// <summary>Said instead of a card.</summary>
    public string? Words => Json switch
    {
        { } json when json.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String => value.GetString(),
        { } json when json.TryGetProperty("value", out var error) && error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var message) => message.GetString(),
        { } json when json.TryGetProperty("task", out var task) && task.GetProperty("type").ValueEquals("message") => task.GetProperty("value").GetString(),
        _ => null,
    };
}
