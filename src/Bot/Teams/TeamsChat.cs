using System.Text.Json;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Teams.Connector;
using ChatGovernance.Bot.Teams.Rendering;
using ChatGovernance.Core;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Infrastructure.Conversations;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Teams;

/// <summary>Teams by the Bot Connector.</summary>
internal sealed class TeamsChat(ConnectorCaller connector, TeamsConversations conversations, TeamsMembers members, IConversations known, ICatalog catalog, IOptions<TeamsOptions> options, TimeProvider time, ILoginAddresses? addresses = null) : IChat
{
    private const int FormTries = 3;

    private static readonly TimeSpan formWait = TimeSpan.FromSeconds(15);

    public ChatPlatform Platform => ChatPlatform.Teams;

    public bool HasAuditChannel => options.Value.AuditConversation is { Length: > 0 };

    /// <summary>A form is a message that answers a message: no press makes it late. What waited longer than this is asked for again.</summary>
    public TimeSpan TriggerLife => TimeSpan.FromMinutes(10);

    public bool HomeIsMessage => true;

    public async Task<Sent> Post(Audience audience, ChatPlace? thread, ChatMessage message, Guid key, CancellationToken ct)
    {
        var found = await conversations.Find(audience, ct);
        if (found is not ApiResult<Conversation>.Done { Answer: var conversation })
            return ConnectorErrors.ToSentBefore(found);
        return await Post(conversation, thread, await Draw(message, conversation, ct), ct);
    }

    public async Task<Sent> Update(ChatPlace place, ChatMessage message, CancellationToken ct) => await known.Find(place.Conversation, ct) is { } conversation
        ? await Update(conversation, place, await Draw(message, conversation, ct), ct)
        : new Sent.Unreachable(TeamsConversations.NotInstalled);

    public async Task<Sent> ShowHome(ChatAccount account, ChatHome home, ChatPlace? shown, CancellationToken ct)
    {
        var found = await conversations.Of(account, ct);
        if (found is not ApiResult<Conversation>.Done { Answer: var conversation })
            return ConnectorErrors.ToSentBefore(found);
        var card = HomeRenderer.Render(home, new CardKey(Core.Work.Subject.Of(account), new Audience.Person(account), CardPurpose.Home), RefreshedFor([conversation]));
        return shown is null ? await Post(conversation, null, card, ct) : await Update(conversation, shown, card, ct);
    }

    /// <summary>Teams cannot be searched.</summary>
    public Task<Search> Find(Audience audience, ChatPlace? thread, Attempt attempt, CancellationToken ct) => Task.FromResult<Search>(new Search.CannotLook());

    public async Task<Sent> Delete(ChatPlace place, CancellationToken ct)
    {
        if (await known.Find(place.Conversation, ct) is not { } conversation)
            return new Sent.Done(place);
        var sent = ConnectorErrors.ToSent(await connector.Send("delete-activity", HttpMethod.Delete, Address(conversation, place.Conversation, place.Message), null, null, TeamsJson.Default.Nothing, ct), _ => place);
        return sent is Sent.Missing ? new Sent.Done(place) : sent;
    }

    public Task<Reading<ChatMember>> ReadMember(ChatAccount account, CancellationToken ct) => members.Read(account, ct);

    public Task<Reading<ChatMember>> FindMember(string email, CancellationToken ct) => members.Find(email, ct);

    public async Task<Reading<bool>> CanSpeakIn(ChatChannel channel, CancellationToken ct) =>
        await known.Find(channel.Name, ct) is { } found ? new Reading<bool>.Known(found.EndedAt is null) : new Reading<bool>.Absent();

    /// <param name="trigger">The account that asked: others in the conversation have no use for its form.</param>
    public async Task<FormShown> OpenForm(string trigger, ChatForm form, CancellationToken ct)
    {
        if (!ChatAccount.TryParse(trigger, out var account) || await conversations.Of(account, ct) is not ApiResult<Conversation>.Done { Answer: var conversation })
            return new FormShown.Gone(TeamsConversations.NotInstalled);
        return ToShown(await Patiently(() => Post(conversation, null, Draw(form), ct, paced: false), ct));
    }

    /// <param name="view">The conversation and the message.</param>
    public async Task<FormShown> UpdateForm(string view, ChatForm form, CancellationToken ct)
    {
        if (view.Split(' ') is not [var id, var message] || await known.Find(id, ct) is not { } conversation)
            return new FormShown.Gone(TeamsConversations.NotInstalled);
        return ToShown(await Patiently(() => Update(conversation, new ChatPlace(id, message), Draw(form), ct, paced: false), ct));
    }

    /// <summary>Somebody waits for the form, and it is shown once: where the platform asks to wait a little, that is done here.</summary>
    private async Task<Sent> Patiently(Func<Task<Sent>> send, CancellationToken ct)
    {
        var sent = await send();
        for (var tries = 1; sent is Sent.Later { Wait: var wait } && wait < formWait && tries < FormTries; tries++)
        {
            await Task.Delay(wait, time, ct);
            sent = await send();
        }

        return sent;
    }

    private static FormShown ToShown(Sent sent) => sent switch
    {
        Sent.Done { Place: var place } => new FormShown.Done($"{place.Conversation} {place.Message}"),
        Sent.Missing or Sent.Unreachable => new FormShown.Gone("gone"),
        Sent.Rejected rejected => new FormShown.Failed(rejected.Code),
        _ => new FormShown.Failed("no_answer"),
    };

    private async Task<Sent> Post(Conversation conversation, ChatPlace? thread, RenderedMessage message, CancellationToken ct, bool paced = true)
    {
        // A channel has threads; its conversation with the root's id is that thread. A group chat has none.
        var into = thread is not null && IsChannel(conversation.Id) ? $"{conversation.Id};messageid={thread.Message}" : conversation.Id;
        var posted = await connector.Send("post-activity", HttpMethod.Post, Address(conversation, into, null), paced ? conversation.Id : null, Body(message), TeamsJson.Default.Posted, ct);
        return await Settle(conversation, ConnectorErrors.ToSent(posted, answer => answer.Id is { Length: > 0 } id ? new ChatPlace(conversation.Id, id) : null), ct);
    }

    private async Task<Sent> Update(Conversation conversation, ChatPlace place, RenderedMessage message, CancellationToken ct, bool paced = true)
    {
        var updated = await connector.Send("update-activity", HttpMethod.Put, Address(conversation, place.Conversation, place.Message), paced ? conversation.Id : null, Body(message), TeamsJson.Default.Nothing, ct);
        return await Settle(conversation, ConnectorErrors.ToSent(updated, _ => place), ct);
    }

    private async Task<Sent> Settle(Conversation conversation, Sent sent, CancellationToken ct)
    {
        // A person who comes back says something, or installs the app; in a channel nobody may, so it is tried again.
        if (sent is Sent.Unreachable && conversation.Account is not null)
            await conversations.End(conversation, ct);
        return sent;
    }

    /// <summary>In a conversation of several people those who do not decide see no buttons, if those who do can be shown others.</summary>
    private async Task<RenderedMessage> Draw(ChatMessage message, Conversation conversation, CancellationToken ct)
    {
        if (message.Card is null || conversation.Account is not null || message.ButtonsFor.Count == 0)
            return MessageRenderer.Render(message, addresses, RefreshedFor([conversation]));

        List<ChatAccount> here = [.. message.ButtonsFor.Where(account => account.Platform == Platform)];
        var deciding = RefreshedFor(await known.Of(here, ct));
        var shown = deciding.Count == here.Count && deciding.Count <= TeamsLimits.RefreshedPeople ? message.SeenBy(null) : message;
        return MessageRenderer.Render(shown, addresses, deciding);
    }

    private RenderedMessage Draw(ChatForm form) => new(form.Title, FormRenderer.Render(new ShownForm(form, FormSurface.Chat, TargetChoices.Of(catalog.Current, null))));

    private static IReadOnlyList<string> RefreshedFor(IEnumerable<Conversation> conversations) => [.. conversations.Select(one => one.Member).OfType<string>()];

    private static byte[] Body(RenderedMessage message) =>
        JsonSerializer.SerializeToUtf8Bytes(new OutgoingActivity([new CardAttachment(message.Card)]) { Summary = message.Summary }, TeamsJson.Sent.OutgoingActivity);

    private static Uri Address(Conversation conversation, string into, string? activity) => ServiceUrls.Below(
        conversation.ServiceUrl, $"/v3/conversations/{Uri.EscapeDataString(into)}/activities{(activity is null ? "" : $"/{Uri.EscapeDataString(activity)}")}");

    // https://learn.microsoft.com/microsoftteams/platform/resources/bot-v3/bot-conversations/bots-conv-channel: ids of channels end so
    private static bool IsChannel(string conversation) => conversation.EndsWith("@thread.tacv2", StringComparison.Ordinal) || conversation.EndsWith("@thread.skype", StringComparison.Ordinal);
}
