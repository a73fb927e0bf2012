using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Teams.Connector;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Infrastructure.Conversations;
using Microsoft.Extensions.Options;
using System.Text.Json;

namespace ChatGovernance.Bot.Teams;

/// <summary>Finds the conversation in which an audience reads, and opens that with a person where it is not known yet.</summary>
internal sealed class TeamsConversations(IConversations known, ConnectorCaller connector, IOptions<TeamsOptions> options, TimeProvider time)
{
    public const string NotInstalled = "not-installed";

    private static readonly TimeSpan atTheSameMoment = TimeSpan.FromSeconds(1);

    /// <summary>Refused: nobody can be reached there.</summary>
    public async Task<ApiResult<Conversation>> Find(Audience audience, CancellationToken ct) => audience switch
    {
        Audience.Person person => await Of(person.Account, ct),
        Audience.AuditChannel => await Open(options.Value.AuditConversation, ct),
        Audience.Channel channel => await Open(channel.Of.Name, ct),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The account's own conversation with the bot.</summary>
    public async Task<ApiResult<Conversation>> Of(ChatAccount account, CancellationToken ct)
    {
        if (!options.Value.Serves(account.Tenant))
            return new ApiResult<Conversation>.Refused(NotInstalled);
        var found = await known.Of(account, ct);
        if (found is { EndedAt: null })
            return new ApiResult<Conversation>.Done(found);
        // A service URL that others were met at is the tenant's as well; without one there is nothing to ask.
        if (await known.Last(ct) is not { ServiceUrl: var service })
            return new ApiResult<Conversation>.Refused(NotInstalled);

        var body = JsonSerializer.SerializeToUtf8Bytes(new NewConversation([new ConversationMember(found?.Member ?? account.User)], account.Tenant, new ConversationMember($"28:{options.Value.AppId}")), TeamsJson.Sent.NewConversation);
        var opened = await Open(service, body, ct);
        if (opened is ApiResult<Posted>.Refused { Code: var code } && code.StartsWith("409", StringComparison.Ordinal))
        {
            // Somebody else opens it at this moment: asked again, it is there.
            await Task.Delay(atTheSameMoment, time, ct);
            opened = await Open(service, body, ct);
        }

        if (opened is not ApiResult<Posted>.Done { Answer.Id: { Length: > 0 } id })
            return opened is ApiResult<Posted>.Done ? new ApiResult<Conversation>.Garbage() : opened.As(_ => found!);
        var conversation = new Conversation(id, service, account, found?.Member, null, time.GetUtcNow());
        await known.Keep(conversation, ct);
        return new ApiResult<Conversation>.Done(conversation);
    }

    private Task<ApiResult<Posted>> Open(Uri service, byte[] body, CancellationToken ct) =>
        connector.Send("open-conversation", HttpMethod.Post, ServiceUrls.Below(service, "/v3/conversations"), null, body, TeamsJson.Default.Posted, ct);

    /// <summary>It turned out that the bot cannot speak there any more.</summary>
    public Task End(Conversation conversation, CancellationToken ct) => known.Keep(conversation with { EndedAt = time.GetUtcNow() }, ct);

    private async Task<ApiResult<Conversation>> Open(string? id, CancellationToken ct) => id is { Length: > 0 } && await known.Find(id, ct) is { EndedAt: null } found
        ? new ApiResult<Conversation>.Done(found)
        : new ApiResult<Conversation>.Refused(NotInstalled);
}
