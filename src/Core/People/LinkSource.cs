using ChatGovernance.Core.Directory;

namespace ChatGovernance.Core.People;

/// <summary>What people have proved by logging in. An account that is disabled or gone in the directory proves nothing.</summary>
public sealed class LinkSource(ILinks links, IDirectory directory) : IIdentitySource
{
    public string Name => IdentitySource.Link;

    public async Task<Reading<IReadOnlyList<Person>>> FindPeople(ChatMember member, CancellationToken ct)
    {
        if (await links.Of(member.Account, ct) is not { } link)
            return new Reading<IReadOnlyList<Person>>.Known([]);

        return await directory.ReadPerson(link.Person.Id, ct) switch
        {
            Reading<Person>.Known { Value: { IsActiveHuman: true } person } => new Reading<IReadOnlyList<Person>>.Known([person]),
            Reading<Person>.Unknown unknown => new Reading<IReadOnlyList<Person>>.Unknown(unknown.Why),
            _ => new Reading<IReadOnlyList<Person>>.Known([]),
        };
    }

    public async Task<Reading<IReadOnlyList<ChatAccount>>> FindAccounts(Person person, IChatPlatform chat, CancellationToken ct) =>
        new Reading<IReadOnlyList<ChatAccount>>.Known(
            [.. (await links.Of(person.Id, ct)).Select(link => link.Account).Where(account => account.Platform == chat.Platform)]);
}
