using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Policies.Lint;

/// <summary>Whether somebody could decide in each stage of a rule, and could be asked.</summary>
/// <param name="usual">Who it is given to more than to all others together; null: nobody.</param>
internal sealed class LintStages(IDirectory directory, DecidingPeople deciders, PersonId? usual)
{
    public async Task<IReadOnlyList<(Severity, Fault)>> Run(AccessRule rule, CancellationToken ct)
    {
        var faults = new List<(Severity, Fault)>();
        var stages = new List<IReadOnlyList<Person>>();
        for (var stage = 0; stage < rule.Stages.Count; stage++)
        {
            // Where too few belong to the deciding groups, those for a decision that does not come decide, too.
            GroupRef[] all = [.. rule.Stages[stage].Groups, .. rule.Escalation];
            switch (await deciders.Of(all, ct))
            {
                case Reading<IReadOnlyList<Person>>.Known { Value: var people }:
                    stages.Add(people);
                    faults.AddRange(await FaultsOf(stage, rule, all, people, ct));
                    break;
                case Reading<IReadOnlyList<Person>>.Unknown unknown:
                    return [.. faults, (Severity.Warning, new Fault.NotRead(unknown.Why))];
            }
        }

        if (!faults.Exists(fault => fault.Item2 is Fault.NoApprover) && Quorum(rule, stages) is { } quorum)
            faults.Add((Severity.Error, quorum));
        var deciding = rule.Stages.SelectMany(stage => stage.Groups).Select(group => group.Id).ToHashSet();
        if (rule.Escalation.Count > 0 && rule.Escalation.All(group => deciding.Contains(group.Id)))
            faults.Add((Severity.Warning, new Fault.EscalatesToTheSame([.. rule.Escalation.Select(group => group.Path)])));
        return faults;
    }

    private async Task<IReadOnlyList<(Severity, Fault)>> FaultsOf(int stage, AccessRule rule, IReadOnlyList<GroupRef> groups, IReadOnlyList<Person> people, CancellationToken ct)
    {
        if (people.Count == 0)
            return [(Severity.Error, new Fault.NoApprover(stage, [.. groups.Select(group => group.Path).Distinct()]))];

        var faults = new List<(Severity, Fault)>();
        var unreachable = new List<string>();
        Doubt? doubt = null;
        foreach (var person in people)
        {
            switch (await deciders.CanBeReached(person, ct))
            {
                case Reading<bool>.Known { Value: false }:
                    unreachable.Add(person.Name);
                    break;
                case Reading<bool>.Unknown unknown:
                    doubt = unknown.Why;
                    break;
            }
        }

        if (unreachable.Count == people.Count)
            faults.Add((Severity.Error, new Fault.NobodyReachable(stage, unreachable)));
        else if (unreachable.Count > 0)
            faults.Add((Severity.Warning, new Fault.ApproversUnreachable(stage, unreachable)));
        if (doubt is { } why)
            faults.Add((Severity.Warning, new Fault.NotRead(why)));
        if (people is [var only] && await Asks(only, rule, ct))
            faults.Add((Severity.Warning, new Fault.OnlyApproverAsks(stage, only.Name)));
        return faults;
    }

    /// <summary>Who asks usually, or one of the few who may.</summary>
    private async Task<bool> Asks(Person person, AccessRule rule, CancellationToken ct)
    {
        if (person.Id == usual)
            return true;
        if (rule.Eligible.Count == 0)
            return false;
        foreach (var choice in rule.Eligible)
        {
            var answers = await Task.WhenAll(choice.Groups.Select(group => directory.IsMember(person.Id, group.Id, ct)));
            if (!answers.Any(answer => answer is Reading<bool>.Known { Value: true }))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Nobody's approval counts twice on one request, so any stages together need as many different people as they need approvals
    /// (that this is enough is Hall's theorem). The smallest set of stages that falls short; null: none does.
    /// </summary>
    private static Fault.QuorumTooLarge? Quorum(AccessRule rule, IReadOnlyList<IReadOnlyList<Person>> stages)
    {
        var sets = Enumerable.Range(1, (1 << stages.Count) - 1)
            .Select(bits => Enumerable.Range(0, stages.Count).Where(stage => ((bits >> stage) & 1) == 1).ToList())
            .OrderBy(set => set.Count);
        foreach (var set in sets)
        {
            var needed = set.Sum(stage => rule.Stages[stage].Approvals);
            var people = set.SelectMany(stage => stages[stage]).DistinctBy(person => person.Id).ToList();
            if (people.Count < needed)
                return new Fault.QuorumTooLarge(set, needed, [.. people.Select(person => person.Name)]);
        }

        return null;
    }
}
