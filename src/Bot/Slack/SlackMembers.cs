using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Slack.Ingress;
using ChatGovernance.Bot.Slack.WebApi;
using ChatGovernance.Core;
using ChatGovernance.Core.People;

namespace ChatGovernance.Bot.Slack;

/// <summary>Reads accounts fresh: what they are, and the address that Slack has confirmed.</summary>
internal sealed class SlackMembers(SlackCaller slack, SlackTeam team)
{
    public async Task<Reading<ChatMember>> Read(ChatAccount account, CancellationToken ct)
    {
        var query = new Dictionary<string, string> { ["user"] = account.User };
        return await Read(await slack.Call(ApiMethod.UserInfo, null, (api, stop) => api.UserInfo(query, stop), ct), (user, served) =>
            user.Id == account.User
                ? new Reading<ChatMember>.Known(Member(account, user, served))
                : new Reading<ChatMember>.Unknown(Doubt.Unreadable), ct);
    }

    /// <summary>Full members alone; an address that Slack has not confirmed is nobody's.</summary>
    public async Task<Reading<ChatMember>> Find(string email, CancellationToken ct)
    {
        var query = new Dictionary<string, string> { ["email"] = email };
        return await Read(await slack.Call(ApiMethod.LookupByEmail, null, (api, stop) => api.LookupByEmail(query, stop), ct), (user, served) =>
        {
            if (SlackIds.Account(user.EnterpriseUser?.EnterpriseId, user.TeamId, user.Id) is not { } account)
                return new Reading<ChatMember>.Unknown(Doubt.Unreadable);
            var member = Member(account, user, served);
            return member.Standing == MemberStanding.Full && string.Equals(member.ConfirmedEmail, email, StringComparison.OrdinalIgnoreCase)
                ? new Reading<ChatMember>.Known(member)
                : new Reading<ChatMember>.Absent();
        }, ct);
    }

    private async Task<Reading<ChatMember>> Read(ApiResult<UserAnswer> result, Func<UserRow, IReadOnlySet<string>, Reading<ChatMember>> then, CancellationToken ct)
    {
        if (result is not ApiResult<UserAnswer>.Done { Answer.User: var user })
            return Unread(result);
        if (user is null || (user.TeamId is null && user.EnterpriseUser is null))
            return new Reading<ChatMember>.Unknown(Doubt.Unreadable);
        var served = await team.ReadServed(ct);
        if (served is not ApiResult<IReadOnlySet<string>>.Done { Answer: var ids })
            return Unread(served);
        var own = await team.Read(ct) is ApiResult<AuthAnswer>.Done { Answer: var answer } ? answer : null;
        // Only our own workspace's name is known.
        return then(user, ids).Select(member => member.Account.Tenant == (own?.EnterpriseId ?? own?.TeamId) ? member with { Workspace = own?.Team } : member);
    }

    private static Reading<ChatMember> Unread<T>(ApiResult<T> result) => result switch
    {
        ApiResult<T>.Refused { Code: var code } when SlackErrors.Of(code) == ErrorMeaning.NoSuchUser => new Reading<ChatMember>.Absent(),
        ApiResult<T>.Refused refused => new Reading<ChatMember>.Unknown(SlackErrors.DoubtOf(refused.Code)),
        ApiResult<T>.Garbage => new Reading<ChatMember>.Unknown(Doubt.Unreadable),
        _ => new Reading<ChatMember>.Unknown(Doubt.Away),
    };

    private static ChatMember Member(ChatAccount account, UserRow user, IReadOnlySet<string> served) => new()
    {
        Account = account,
        Standing = Standing(account, user, served),
        Name = new[] { user.Profile?.DisplayName, user.Profile?.RealName }.FirstOrDefault(name => !string.IsNullOrWhiteSpace(name)),
        // Where Slack does not say whether an address is confirmed, it has taken it from the identity provider.
        ConfirmedEmail = user.IsEmailConfirmed != false && user.Profile?.Email is { Length: > 0 } email ? email : null,
    };

    private static MemberStanding Standing(ChatAccount account, UserRow user, IReadOnlySet<string> served)
    {
        var enterprise = user.EnterpriseUser?.EnterpriseId is { Length: > 0 } id ? id : null;
        string?[] homes = [enterprise, user.TeamId, .. user.EnterpriseUser?.Teams ?? []];
        if (user.IsStranger == true || !homes.Any(home => home is not null && served.Contains(home)))
            return MemberStanding.Foreign;
        // Slack tells little of a deactivated account, and not its organization.
        if (user.Deleted == true)
            return MemberStanding.Deleted;
        if ((enterprise ?? user.TeamId) != account.Tenant)
            return MemberStanding.Foreign;
        if (user.IsBot == true)
            return MemberStanding.Bot;
        return user.IsRestricted == true || user.IsUltraRestricted == true ? MemberStanding.Guest : MemberStanding.Full;
    }
}
