using ChatGovernance.Core.Directory;

namespace ChatGovernance.Core.People;

/// <summary>The directory's verified address equals the address that the platform has confirmed. Full members only, never guests.</summary>
public sealed class VerifiedEmailSource(IDirectory directory) : IIdentitySource
{
    public string Name => IdentitySource.VerifiedEmail;

    public async Task<Reading<IReadOnlyList<Person>>> FindPeople(ChatMember member, CancellationToken ct) =>
        member is { Standing: MemberStanding.Full, ConfirmedEmail: { Length: > 0 } email }
            ? await directory.FindByVerifiedEmail(email, ct)
            : new Reading<IReadOnlyList<Person>>.Known([]);

    public async Task<Reading<IReadOnlyList<ChatAccount>>> FindAccounts(Person person, IChatPlatform chat, CancellationToken ct)
    {
        if (person.VerifiedEmail is not { Length: > 0 } email)
            return new Reading<IReadOnlyList<ChatAccount>>.Known([]);

        return await chat.FindMember(email, ct) switch
        {
            Reading<ChatMember>.Known found => new Reading<IReadOnlyList<ChatAccount>>.Known([found.Value.Account]),
            Reading<ChatMember>.Unknown unknown => new Reading<IReadOnlyList<ChatAccount>>.Unknown(unknown.Why),
            _ => new Reading<IReadOnlyList<ChatAccount>>.Known([]),
        };
    }
}
