using System.Collections.Concurrent;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Policies.Lint;

/// <summary>Members of groups, and whether they can be asked in chat. Many targets share their groups: each is read once.</summary>
internal sealed class DecidingPeople(IDirectory directory, Identities identities, PersonId self, bool looksIntoChat)
{
    private readonly ConcurrentDictionary<GroupId, Lazy<Task<Reading<IReadOnlyList<Person>>>>> members = new();
    private readonly ConcurrentDictionary<PersonId, Lazy<Task<Reading<IReadOnlyList<ChatAccount>>>>> accounts = new();

    /// <summary>Everybody who could decide: enabled human members of any of the groups. A group that is gone has no members.</summary>
    public async Task<Reading<IReadOnlyList<Person>>> Of(IEnumerable<GroupRef> groups, CancellationToken ct)
    {
        var found = new Dictionary<PersonId, Person>();
        foreach (var group in groups)
        {
            switch (await members.GetOrAdd(group.Id, id => new(() => directory.ReadMembers(id, ct))).Value)
            {
                case Reading<IReadOnlyList<Person>>.Known { Value: var people }:
                    foreach (var person in people.Where(person => person.IsActiveHuman && person.Id != self))
                        found.TryAdd(person.Id, person);
                    break;
                case Reading<IReadOnlyList<Person>>.Unknown unknown:
                    return unknown;
            }
        }

        return new Reading<IReadOnlyList<Person>>.Known([.. found.Values.OrderBy(person => person.Name, StringComparer.Ordinal)]);
    }

    /// <summary>Known: whether any account is proved to be theirs. Where nobody looks into chat, everybody can be reached.</summary>
    public async Task<Reading<bool>> CanBeReached(Person person, CancellationToken ct) => looksIntoChat
        ? (await accounts.GetOrAdd(person.Id, _ => new(() => identities.FindAccounts(person, ct))).Value).Select(found => found.Count > 0)
        : new Reading<bool>.Known(true);
}
