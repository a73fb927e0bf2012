using System.Collections.Concurrent;
using ChatGovernance.Core.Directory;

namespace ChatGovernance.Core.People;

/// <summary>
/// A directory attribute holding <c>TENANT/USER</c>. It proves something only while the user profile lets nobody but
/// administrators write it.
/// </summary>
public sealed class AttributeSource(IDirectory directory, PeopleOptions options) : IIdentitySource
{
    /// <summary>One instance serves one piece of work, in which the user profile is read once.</summary>
    private readonly ConcurrentDictionary<string, Task<Reading<bool>>> administratorsOnly = new(StringComparer.Ordinal);

    public string Name => IdentitySource.Attribute;

    public async Task<Reading<IReadOnlyList<Person>>> FindPeople(ChatMember member, CancellationToken ct)
    {
        var attribute = options.AttributeOn(member.Account.Platform);
        return await administratorsOnly.GetOrAdd(attribute, name => directory.OnlyAdministratorsWrite(name, ct)) switch
        {
            Reading<bool>.Known { Value: true } => await directory.FindByAttribute(attribute, member.Account.Handle, ct),
            Reading<bool>.Unknown unknown => new Reading<IReadOnlyList<Person>>.Unknown(unknown.Why),
            _ => new Reading<IReadOnlyList<Person>>.Known([]),
        };
    }

    public Task<Reading<IReadOnlyList<ChatAccount>>> FindAccounts(Person person, IChatPlatform chat, CancellationToken ct)
    {
        var accounts = new List<ChatAccount>();
        foreach (var value in person.Values(options.AttributeOn(chat.Platform)))
        {
            if (value.Split('/') is [{ Length: > 0 } tenant, { Length: > 0 } user])
                accounts.Add(new ChatAccount(chat.Platform, tenant, user));
        }

        return Task.FromResult<Reading<IReadOnlyList<ChatAccount>>>(new Reading<IReadOnlyList<ChatAccount>>.Known(accounts));
    }
}
