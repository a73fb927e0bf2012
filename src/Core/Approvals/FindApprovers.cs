using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Approvals;

/// <summary>Who can be asked: enabled human members of the deciding groups whose own request it is not, with their chat accounts.</summary>
public sealed class FindApprovers(IDirectory directory, Identities identities, Own own)
{
    private const int AtOnce = 4;

    public async Task<ApproverSearch> Run(AccessRequest request, Stage stage, DirectoryIdentity identity, CancellationToken ct)
    {
        var candidates = new Dictionary<PersonId, Person>();
        var because = NoDecider.NoMembers;
        foreach (var group in stage.Groups)
        {
            switch (await directory.ReadMembers(group.Id, ct))
            {
                case Reading<IReadOnlyList<Person>>.Known members:
                    if (members.Value.Count > 0)
                        because = NoDecider.NoneActive;
                    foreach (var member in members.Value.Where(member => member.IsActiveHuman && member.Id != identity.Self))
                        candidates.TryAdd(member.Id, member);
                    break;
                case Reading<IReadOnlyList<Person>>.Unknown unknown:
                    return new ApproverSearch.Unknown(unknown.Why);
            }
        }

        foreach (var candidate in candidates.Values.ToList())
        {
            switch (await own.Includes(candidate, null, request, ct))
            {
                case Reading<bool>.Known { Value: true }:
                    candidates.Remove(candidate.Id);
                    because = NoDecider.OnlyOwn;
                    break;
                case Reading<bool>.Unknown unknown:
                    return new ApproverSearch.Unknown(unknown.Why);
            }
        }

        if (candidates.Count == 0)
            return new ApproverSearch.Nobody(new Refusal.NobodyMayDecide([.. stage.Groups.Select(group => group.Path)], because));
        return await FindAccounts([.. candidates.Values.OrderBy(person => person.Name, StringComparer.Ordinal)], ct);
    }

    private async Task<ApproverSearch> FindAccounts(IReadOnlyList<Person> people, CancellationToken ct)
    {
        var found = new Reading<IReadOnlyList<ChatAccount>>[people.Count];
        await Parallel.ForAsync(0, people.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (i, token) => found[i] = await identities.FindAccounts(people[i], token));

        var reachable = new List<(Person, IReadOnlyList<ChatAccount>)>();
        var unreachable = new List<PersonRef>();
        Doubt? doubt = null;
        for (var i = 0; i < people.Count; i++)
        {
            switch (found[i])
            {
                case Reading<IReadOnlyList<ChatAccount>>.Known { Value: { Count: > 0 } accounts }:
                    reachable.Add((people[i], accounts));
                    break;
                case Reading<IReadOnlyList<ChatAccount>>.Unknown unknown:
                    // One account that cannot be read must not hold up what the others can decide.
                    doubt = unknown.Why;
                    unreachable.Add(people[i].Ref);
                    break;
                default:
                    unreachable.Add(people[i].Ref);
                    break;
            }
        }

        if (reachable.Count > 0)
            return new ApproverSearch.Found(reachable, unreachable);
        return doubt is { } why
            ? new ApproverSearch.Unknown(why)
            : new ApproverSearch.Nobody(new Refusal.NobodyReachable([.. unreachable.Select(person => person.Name)]));
    }
}

public abstract record ApproverSearch
{
    private protected ApproverSearch()
    {
    }

    /// <param name="Unreachable">No chat account is proved to be theirs, or theirs could not be read now.</param>
    public sealed record Found(IReadOnlyList<(Person Person, IReadOnlyList<ChatAccount> Accounts)> Reachable, IReadOnlyList<PersonRef> Unreachable) : ApproverSearch;

    public sealed record Nobody(Refusal Why) : ApproverSearch;

    public sealed record Unknown(Doubt Why) : ApproverSearch;
}
