using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Teams.Connector;
using ChatGovernance.Core;
using ChatGovernance.Core.People;
using ChatGovernance.Infrastructure.Conversations;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Teams;

/// <summary>Reads accounts fresh, each in its own conversation with the bot: what they are, and the address that the tenant gave them.</summary>
internal sealed class TeamsMembers(ConnectorCaller connector, TeamsConversations conversations, IConversations known, IOptions<TeamsOptions> options, TimeProvider time)
{
    public async Task<Reading<ChatMember>> Read(ChatAccount account, CancellationToken ct)
    {
        if (!options.Value.Serves(account.Tenant))
            return new Reading<ChatMember>.Known(new ChatMember { Account = account, Standing = MemberStanding.Foreign });
        var found = await conversations.Of(account, ct);
        if (found is not ApiResult<Conversation>.Done { Answer: var conversation })
            return Unread(found);

        var address = ServiceUrls.Below(conversation.ServiceUrl, $"/v3/conversations/{Uri.EscapeDataString(conversation.Id)}/members/{Uri.EscapeDataString(conversation.Member ?? account.User)}");
        var read = await connector.Send("read-member", HttpMethod.Get, address, null, null, TeamsJson.Default.MemberRow, ct);
        if (read is not ApiResult<MemberRow>.Done { Answer: var row })
        {
            if (read is ApiResult<MemberRow>.Refused { Code: var code } && ConnectorErrors.IsGone(code))
                await conversations.End(conversation, ct);
            return Unread(read);
        }

        if (!string.Equals(row.ObjectOf, account.User, StringComparison.OrdinalIgnoreCase) || Standing(account, row) is not { } standing)
            return new Reading<ChatMember>.Unknown(Doubt.Unreadable);
        if (conversation.Member != row.Id || conversation.Address != row.UserPrincipalName?.ToLowerInvariant())
            await known.Keep(conversation with { Member = row.Id, Address = row.UserPrincipalName, SeenAt = time.GetUtcNow() }, ct);
        return new Reading<ChatMember>.Known(new ChatMember
        {
            Account = account,
            Standing = standing,
            ConfirmedEmail = row.UserPrincipalName,
            Name = row.Name,
            Workspace = "Microsoft Teams",
        });
    }

    /// <summary>Among those whom the bot has met: Teams cannot be asked for anybody else.</summary>
    public async Task<Reading<ChatMember>> Find(string email, CancellationToken ct)
    {
        if (await known.Known(email, ct) is not { } account)
            return new Reading<ChatMember>.Absent();
        return await Read(account, ct) switch
        {
            Reading<ChatMember>.Known { Value: { Standing: MemberStanding.Full } member } same when string.Equals(member.ConfirmedEmail, email, StringComparison.OrdinalIgnoreCase) => same,
            Reading<ChatMember>.Unknown unknown => unknown,
            _ => new Reading<ChatMember>.Absent(),
        };
    }

    /// <summary>Null: Teams does not say. Clients for development say nothing of the kind.</summary>
    private MemberStanding? Standing(ChatAccount account, MemberRow row) => row.UserRole?.ToLowerInvariant() switch
    {
        _ when options.Value.Anonymous => MemberStanding.Full,
        _ when row.TenantId is { } tenant && !string.Equals(tenant, account.Tenant, StringComparison.OrdinalIgnoreCase) => MemberStanding.Foreign,
        "user" when row.TenantId is not null => MemberStanding.Full,
        "guest" => MemberStanding.Guest,
        "anonymous" => MemberStanding.Foreign,
        _ => null,
    };

    private static Reading<ChatMember> Unread<T>(ApiResult<T> result) => result switch
    {
        ApiResult<T>.Refused { Code: ConnectorErrors.Unauthorized } => new Reading<ChatMember>.Unknown(Doubt.Unauthorized),
        ApiResult<T>.Refused { Code: var code } when code == TeamsConversations.NotInstalled || ConnectorErrors.IsGone(code) => new Reading<ChatMember>.Absent(),
        ApiResult<T>.Refused or ApiResult<T>.Garbage => new Reading<ChatMember>.Unknown(Doubt.Unreadable),
        _ => new Reading<ChatMember>.Unknown(Doubt.ChatAway),
    };
}
