using System.Collections.Concurrent;
using ChatGovernance.Core.Directory;

namespace ChatGovernance.Core.Policies;

/// <summary>Reads rules: attributes by <see cref="RuleDraft"/>, groups by the directory. Remembers groups for one reading.</summary>
public sealed class RuleBook(IDirectory directory)
{
    private readonly ConcurrentDictionary<string, Task<GroupSearch>> groups = new(StringComparer.Ordinal);

    public async Task<RuleReading> Read(TargetFacts facts, CancellationToken ct)
    {
        var mark = facts.Levels[0].Attributes.GetValueOrDefault(Attributes.Requestable);
        if (mark is null or [] or ["false"])
            return new RuleReading.NotOffered();
        if (mark is not ["true"])
            return new RuleReading.Unusable([$"`{Attributes.Requestable}` is neither true nor false"]);
        if (!facts.AncestorsReadable)
            return new RuleReading.Unusable(["a group above it cannot be read, so its rules are not known"]);

        var draft = RuleDraft.Read(facts, out var problems);
        var found = new List<string>(problems);
        switch (facts.Privileges)
        {
            case null:
                found.Add("what it gives access to cannot be read");
                break;
            case { Administrative: true }:
                found.Add("it gives the right to administer a realm; such access is never offered");
                break;
        }

        // Asked for all at once: below, each is waited for in turn.
        foreach (var name in draft.ApproverGroups.Concat(draft.EligibleGroups.SelectMany(names => names)))
            _ = Find(name, ct);
        var approvers = await Find(draft.ApproverGroups, Attributes.ApproverGroup, found, ct);
        var eligible = new List<GroupChoice>();
        foreach (var names in draft.EligibleGroups)
        {
            var choice = await Find(names, Attributes.EligibleGroup, found, ct);
            if (choice.Doubt is { } doubt)
                return new RuleReading.Unknown(doubt);
            eligible.Add(new GroupChoice(choice.Groups));
        }

        if (approvers.Doubt is { } unknown)
            return new RuleReading.Unknown(unknown);
        if (found.Count > 0)
            return new RuleReading.Unusable(found);
        return new RuleReading.Offered(draft.Limits with { Stages = [new Stage(approvers.Groups)], Eligible = eligible });
    }

    private Task<GroupSearch> Find(string name, CancellationToken ct) => groups.GetOrAdd(name, n => directory.FindGroup(n, ct));

    private async Task<(IReadOnlyList<GroupRef> Groups, Doubt? Doubt)> Find(IReadOnlyList<string> names, string attribute, List<string> problems, CancellationToken ct)
    {
        var refs = new List<GroupRef>();
        foreach (var name in names)
        {
            switch (await Find(name, ct))
            {
                case GroupSearch.Found found:
                    if (!refs.Contains(found.Group))
                        refs.Add(found.Group);
                    break;
                case GroupSearch.NotFound:
                    problems.Add($"`{attribute}` names the group \"{name}\", which does not exist");
                    break;
                case GroupSearch.Ambiguous:
                    problems.Add($"`{attribute}` names the group \"{name}\", and several groups are called that: write its path or id:…");
                    break;
                case GroupSearch.Unknown unknown:
                    return ([], unknown.Why);
            }
        }

        return (refs, null);
    }
}
