using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Approvals;

/// <summary>
/// Who can be asked in a stage: enabled human members of the deciding groups whose own request it is not and whose vote does not
/// count yet, with their chat accounts. Where they are too few, those whom the rule names for that are asked as well.
/// </summary>
public sealed class FindApprovers(IDirectory directory, Identities identities, Own own)
{
    private const int AtOnce = 4;

    /// <param name="stage">Index of the stage in <paramref name="rule"/>.</param>
    /// <param name="escalated">Those for a decision that does not come are asked in any case.</param>
    public async Task<ApproverSearch> Run(AccessRequest request, AccessRule rule, int stage, bool escalated, DirectoryIdentity identity, CancellationToken ct)
    {
        var of = rule.Stages[stage];
        var needed = of.Approvals - request.Approvals(stage).Count();
        var search = await Search(request, escalated ? [.. of.Groups, .. rule.Escalation] : of.Groups, needed, identity, ct);
        return search is ApproverSearch.Nobody && !escalated && rule.Escalation.Count > 0
            ? await Run(request, rule, stage, escalated: true, identity, ct)
            : search is ApproverSearch.Found found ? found with { Escalated = escalated } : search;
    }

    private async Task<ApproverSearch> Search(AccessRequest request, IReadOnlyList<GroupRef> groups, int needed, DirectoryIdentity identity, CancellationToken ct)
    {
        var candidates = new Dictionary<PersonId, Person>();
        var because = NoDecider.NoMembers;
        foreach (var read in await Task.WhenAll(groups.Select(group => directory.ReadMembers(group.Id, ct))))
        {
            switch (read)
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

        foreach (var voter in request.Voters)
        {
            if (candidates.Remove(voter.Id))
                because = NoDecider.AllHaveDecided;
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
            return new ApproverSearch.Nobody(new Refusal.NobodyMayDecide([.. groups.Select(group => group.Path)], because));
        return await FindAccounts([.. candidates.Values.OrderBy(person => person.Name, StringComparer.Ordinal)], needed, ct);
    }

    private async Task<ApproverSearch> FindAccounts(IReadOnlyList<Person> people, int needed, CancellationToken ct)
    {
        var found = new Reading<IReadOnlyList<ChatAccount>>[people.Count];
        await Parallel.ForAsync(0, people.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (i, token) => found[i] = await identities.FindAccounts(people[i], token));

        var reachable = new List<(Person Person, IReadOnlyList<ChatAccount> Accounts)>();
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

        if (reachable.Count >= needed)
            return new ApproverSearch.Found(reachable, unreachable);
        if (doubt is { } why)
            return new ApproverSearch.Unknown(why);
        return new ApproverSearch.Nobody(reachable.Count == 0
            ? new Refusal.NobodyReachable([.. unreachable.Select(person => person.Name)])
            : new Refusal.QuorumOutOfReach(needed, [.. reachable.Select(approver => approver.Person.Name)], [.. unreachable.Select(person => person.Name)]));
    }
}

public abstract record ApproverSearch
{
    private protected ApproverSearch()
    {
    }

    /// <param name="Unreachable">No chat account is proved to be theirs, or theirs could not be read now.</param>
    /// <param name="Escalated">Those for a decision that does not come are among them.</param>
    public sealed record Found(IReadOnlyList<(Person Person, IReadOnlyList<ChatAccount> Accounts)> Reachable, IReadOnlyList<PersonRef> Unreachable, bool Escalated = false) : ApproverSearch
    {
        public IReadOnlyList<ChatAccount> Accounts => [.. Reachable.SelectMany(approver => approver.Accounts)];

        public Approvers Approvers => new([.. Reachable.Select(approver => approver.Person.Name)], [.. Unreachable.Select(person => person.Name)])
        {
            Accounts = Accounts,
            People = [.. Reachable.Select(approver => approver.Person.Id), .. Unreachable.Select(person => person.Id)],
        };
    }

    public sealed record Nobody(Refusal Why) : ApproverSearch;

    public sealed record Unknown(Doubt Why) : ApproverSearch;
}
