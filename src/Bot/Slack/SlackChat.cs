using System.Globalization;
using System.Text.Json;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Slack.Rendering;
using ChatGovernance.Bot.Slack.WebApi;
using ChatGovernance.Core;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.People;

namespace ChatGovernance.Bot.Slack;

/// <summary>Slack by its Web API.</summary>
internal sealed class SlackChat(SlackCaller slack, SlackConversations conversations, SlackMembers members, SlackTeam team, ILoginAddresses? addresses = null) : IChat
{
    /// <summary>How far Slack's clock may be behind ours when an attempt is looked for.</summary>
    public static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(2);

    // https://docs.slack.dev/reference/methods/conversations.history: "no more than 200 results at a time" is recommended
    private const int PageSize = 200;

    // 10000 messages since the attempt: then it is not looked for any further.
    private const int Pages = 50;

    public ChatPlatform Platform => ChatPlatform.Slack;

    public bool HasAuditChannel => true;

    // https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses: a trigger_id opens a modal for three seconds
    public TimeSpan TriggerLife => TimeSpan.FromSeconds(3);

    public async Task<Sent> Post(Audience audience, ChatPlace? thread, ChatMessage message, Guid key, CancellationToken ct)
    {
        var found = thread is null ? await conversations.Find(audience, ct) : new ApiResult<string>.Done(thread.Conversation);
        if (found is not ApiResult<string>.Done { Answer: var channel })
            return SlackOutcomes.ToSentBefore(found);

        var (text, blocks) = MessageRenderer.Render(message, addresses);
        var post = new PostMessage(channel, text, blocks, MessageMetadata.For(key)) { ThreadTs = thread?.Message };
        var sent = SlackOutcomes.ToSent(await slack.Call(ApiMethod.PostMessage, channel, (api, stop) => api.PostMessage(post, stop), ct), Place);
        if (sent is Sent.Unreachable)
            conversations.Forget(audience);
        return sent;
    }

    public async Task<Sent> Update(ChatPlace place, ChatMessage message, CancellationToken ct)
    {
        var (text, blocks) = MessageRenderer.Render(message, addresses);
        var update = new UpdateMessage(place.Conversation, place.Message, text, blocks);
        return SlackOutcomes.ToSent(await slack.Call(ApiMethod.UpdateMessage, place.Conversation, (api, stop) => api.UpdateMessage(update, stop), ct), _ => place);
    }

    public bool HomeIsMessage => false;

    public async Task<Sent> ShowHome(ChatAccount account, ChatHome home, ChatPlace? shown, CancellationToken ct)
    {
        var publish = new PublishView(account.User, HomeRenderer.Render(home));
        var result = await slack.Call(ApiMethod.PublishView, null, (api, stop) => api.PublishView(publish, stop), ct);
        return SlackOutcomes.ToSent(result, answer => answer.View?.Id is { } view ? new ChatPlace(account.User, view) : null);
    }

    public async Task<Sent> Delete(ChatPlace place, CancellationToken ct)
    {
        var delete = new DeleteMessage(place.Conversation, place.Message);
        var sent = SlackOutcomes.ToSent(await slack.Call(ApiMethod.DeleteMessage, place.Conversation, (api, stop) => api.DeleteMessage(delete, stop), ct), _ => place);
        return sent is Sent.Missing ? new Sent.Done(place) : sent;
    }

    public async Task<Search> Find(Audience audience, ChatPlace? thread, Attempt attempt, CancellationToken ct)
    {
        var own = await team.Read(ct);
        if (own is not ApiResult<AuthAnswer>.Done { Answer.BotId: var bot })
            return SlackOutcomes.ToSearch(own);
        var found = thread is null ? await conversations.Find(audience, ct) : new ApiResult<string>.Done(thread.Conversation);
        if (found is not ApiResult<string>.Done { Answer: var channel })
            return SlackOutcomes.ToSearch(found);

        var query = new Dictionary<string, string>
        {
            ["channel"] = channel,
            ["oldest"] = (attempt.At - ClockSlack).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["include_all_metadata"] = "true",
            ["limit"] = PageSize.ToString(CultureInfo.InvariantCulture),
        };
        if (thread is not null)
            query["ts"] = thread.Message;

        var places = new SortedDictionary<decimal, ChatPlace>();
        for (var page = 0; page < Pages; page++)
        {
            var result = thread is null
                ? await slack.Call(ApiMethod.History, null, (api, stop) => api.History(query, stop), ct)
                : await slack.Call(ApiMethod.Replies, null, (api, stop) => api.Replies(query, stop), ct);
            // Where a thread is gone, the message may have been posted beside it.
            if (thread is not null && result is ApiResult<MessagesAnswer>.Refused refused && SlackErrors.Of(refused.Code) == ErrorMeaning.Missing)
                return await Find(audience, null, attempt, ct);
            if (result is not ApiResult<MessagesAnswer>.Done { Answer: { Messages: { } rows } answer })
                return SlackOutcomes.ToSearch(result);

            foreach (var row in rows)
            {
                if (row?.Ts is { } ts && Carries(row, attempt.Key, bot) && decimal.TryParse(ts, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var at))
                    places[at] = new ChatPlace(channel, ts);
            }

            if (answer.ResponseMetadata?.NextCursor is not { Length: > 0 } next)
                return new Search.Found([.. places.Values]);
            query["cursor"] = next;
        }

        return places.Count > 0 ? new Search.Found([.. places.Values]) : new Search.CannotLook();
    }

    public Task<Reading<ChatMember>> ReadMember(ChatAccount account, CancellationToken ct) => members.Read(account, ct);

    public Task<Reading<ChatMember>> FindMember(string email, CancellationToken ct) => members.Find(email, ct);

    public Task<Reading<bool>> CanSpeakIn(ChatChannel channel, CancellationToken ct) => conversations.CanSpeakIn(channel.Name, ct);

    public async Task<FormShown> OpenForm(string trigger, ChatForm form, CancellationToken ct)
    {
        var open = new OpenView(trigger, FormRenderer.Render(form));
        return SlackOutcomes.ToFormShown(await slack.Call(ApiMethod.OpenView, null, (api, stop) => api.OpenView(open, stop), ct));
    }

    public async Task<FormShown> UpdateForm(string view, ChatForm form, CancellationToken ct)
    {
        var update = new UpdateView(view, FormRenderer.Render(form));
        return SlackOutcomes.ToFormShown(await slack.Call(ApiMethod.UpdateView, null, (api, stop) => api.UpdateView(update, stop), ct));
    }

    private static ChatPlace? Place(PostedAnswer answer) =>
        answer is { Channel: { Length: > 0 } channel, Ts: { Length: > 0 } ts } ? new ChatPlace(channel, ts) : null;

    /// <summary>Other apps may copy metadata; what they posted is not ours.</summary>
    private static bool Carries(MessageRow row, Guid key, string? bot)
    {
        if ((bot is not null && row.BotId != bot) || row.Metadata.ValueKind != JsonValueKind.Object)
            return false;
        return SlackJson.Read(row.Metadata.GetRawText(), SlackJson.Default.MessageMetadata) is { EventType: MessageMetadata.Ours, EventPayload.Key: { } carried }
            && carried == key.ToString("N");
    }
}
