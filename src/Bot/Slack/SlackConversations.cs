using System.Collections.Concurrent;
using System.Globalization;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Slack.WebApi;
using ChatGovernance.Core;
using ChatGovernance.Core.Chat;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Slack;

/// <summary>Finds the conversation in which an audience reads, and remembers it.</summary>
internal sealed class SlackConversations(SlackCaller slack, IOptions<SlackOptions> options)
{
    // https://docs.slack.dev/reference/methods/conversations.list: under 1000
    private const int PageSize = 999;

    // A direct message keeps its id; what is forgotten is asked again.
    private const int Remembered = 20_000;

    private readonly ConcurrentDictionary<Audience, string> known = new();

    /// <summary>The channel's id. Refused: nobody can be reached there, or the bot may not look.</summary>
    public async Task<ApiResult<string>> Find(Audience audience, CancellationToken ct)
    {
        if (known.TryGetValue(audience, out var before))
            return new ApiResult<string>.Done(before);

        var found = audience switch
        {
            Audience.Person person => await OpenDirect(person.Account.User, ct),
            Audience.AuditChannel => await Enter(options.Value.AuditChannel!, ct),
            Audience.Channel channel => await Enter(channel.Of.Name, ct),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (found is ApiResult<string>.Done done)
        {
            if (known.Count >= Remembered)
                known.Clear();
            known[audience] = done.Answer;
        }

        return found;
    }

    /// <summary>It turned out not to be there, or not to be ours any more.</summary>
    public void Forget(Audience audience) => known.TryRemove(audience, out _);

    private async Task<ApiResult<string>> OpenDirect(string user, CancellationToken ct) =>
        Id(await slack.Call(ApiMethod.OpenConversation, null, (api, stop) => api.OpenConversation(new OpenConversation(user), stop), ct));

    /// <summary>A channel as Slack shows it to the bot; nothing is joined.</summary>
    /// <param name="channel"><c>#name</c> or an id.</param>
    public Task<ApiResult<ConversationRow>> Read(string channel, CancellationToken ct) => channel.StartsWith('#') ? FindByName(channel[1..], ct) : FindById(channel, ct);

    public async Task<Reading<bool>> CanSpeakIn(string channel, CancellationToken ct) => await Read(channel, ct) switch
    {
        ApiResult<ConversationRow>.Done { Answer: var row } => new Reading<bool>.Known(row.IsArchived != true && (row.IsMember == true || row.IsPrivate != true)),
        ApiResult<ConversationRow>.Refused { Code: "channel_not_found" } => new Reading<bool>.Absent(),
        ApiResult<ConversationRow>.Refused refused => new Reading<bool>.Unknown(SlackErrors.DoubtOf(refused.Code)),
        ApiResult<ConversationRow>.Garbage => new Reading<bool>.Unknown(Doubt.Unreadable),
        _ => new Reading<bool>.Unknown(Doubt.ChatAway),
    };

    private async Task<ApiResult<string>> Enter(string channel, CancellationToken ct)
    {
        var found = await Read(channel, ct);
        if (found is not ApiResult<ConversationRow>.Done { Answer: { Id: { } id } row })
            return found is ApiResult<ConversationRow>.Done ? new ApiResult<string>.Garbage() : found.As(_ => "");
        if (row.IsArchived == true)
            return new ApiResult<string>.Refused("is_archived");
        if (row.IsMember == true)
            return new ApiResult<string>.Done(id);
        // A private channel has to invite the bot; a public one it can join.
        return row.IsPrivate == true
            ? new ApiResult<string>.Refused("not_in_channel")
            : Id(await slack.Call(ApiMethod.JoinConversation, null, (api, stop) => api.JoinConversation(new JoinConversation(id), stop), ct));
    }

    private async Task<ApiResult<ConversationRow>> FindById(string id, CancellationToken ct)
    {
        var query = new Dictionary<string, string> { ["channel"] = id };
        var result = await slack.Call(ApiMethod.ConversationInfo, null, (api, stop) => api.ConversationInfo(query, stop), ct);
        return result is ApiResult<ConversationAnswer>.Done { Answer.Channel: null } ? new ApiResult<ConversationRow>.Garbage() : result.As(answer => answer.Channel!);
    }

    private async Task<ApiResult<ConversationRow>> FindByName(string name, CancellationToken ct)
    {
        var query = new Dictionary<string, string>
        {
            ["types"] = "public_channel,private_channel",
            ["exclude_archived"] = "true",
            ["limit"] = PageSize.ToString(CultureInfo.InvariantCulture),
        };
        while (true)
        {
            var result = await slack.Call(ApiMethod.ListConversations, null, (api, stop) => api.ListConversations(query, stop), ct);
            if (result is not ApiResult<ConversationsAnswer>.Done { Answer: var page })
                return result.As(_ => new ConversationRow());
            if (page.Channels is null)
                return new ApiResult<ConversationRow>.Garbage();
            if (page.Channels.FirstOrDefault(row => row?.Name == name) is { } found)
                return new ApiResult<ConversationRow>.Done(found);
            if (page.ResponseMetadata?.NextCursor is not { Length: > 0 } next || (query.TryGetValue("cursor", out var last) && last == next))
                return new ApiResult<ConversationRow>.Refused("channel_not_found");
            query["cursor"] = next;
        }
    }

    private static ApiResult<string> Id(ApiResult<ConversationAnswer> result) =>
        result is ApiResult<ConversationAnswer>.Done { Answer.Channel: not { Id.Length: > 0 } } ? new ApiResult<string>.Garbage() : result.As(answer => answer.Channel!.Id!);
}
