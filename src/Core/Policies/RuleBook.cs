using System.Collections.Concurrent;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Logins;

namespace ChatGovernance.Core.Policies;

/// <summary>Reads rules: attributes by <see cref="RuleDraft"/>, groups by the directory. Remembers groups for one reading.</summary>
/// <param name="login">Null: nobody can log in here.</param>
public sealed class RuleBook(IDirectory directory, LoginAvailability? login, Policy policy)
{
    private readonly ConcurrentDictionary<string, Task<GroupSearch>> groups = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<TargetSearch>> targets = new(StringComparer.Ordinal);

    public async Task<RuleReading> Read(TargetFacts facts, CancellationToken ct)
    {
        var mark = facts.Levels[0].Attributes.GetValueOrDefault(Attributes.Requestable);
        if (mark is null or [] or ["false"])
            return new RuleReading.NotOffered();
        if (mark is not ["true"])
            return new RuleReading.Unusable([$"`{Attributes.Requestable}` is neither true nor false"]);
        if (!facts.AncestorsReadable)
            return new RuleReading.Unusable(["a group above it cannot be read, so its rules are not known"]);

        var draft = RuleDraft.Read(facts, policy, out var problems);
        var found = new Findings([.. problems]);
        switch (facts.Privileges)
        {
            case null:
                found.Problems.Add("what it gives access to cannot be read");
                break;
            case { Administrative: true }:
                found.Problems.Add("it gives the right to administer a realm; such access is never offered");
                break;
        }

        if (draft.Limits.Risk == Risk.High && login is not { IsOn: true })
            found.Problems.Add($"`{Attributes.Risk}` is high, so decisions need a login, and nobody can log in here{(login?.WhyNot is { } why ? $": {why}" : "")}");

        // Asked for all at once: below, each is waited for in turn.
        foreach (var name in draft.GroupNames)
            _ = Find(name, ct);
        foreach (var name in draft.Excludes)
            _ = FindTarget(name, ct);
        var stages = new List<Stage>();
        foreach (var (attribute, names) in draft.Stages)
            stages.Add(new Stage(await Find(names, attribute, found, ct), draft.Approvals));
        var eligible = new List<GroupChoice>();
        foreach (var names in draft.EligibleGroups)
            eligible.Add(new GroupChoice(await Find(names, Attributes.EligibleGroup, found, ct)));
        var escalation = await Find(draft.EscalationGroups, Attributes.EscalationGroup, found, ct);
        var autoApprove = await Find(draft.AutoApproveGroups, Attributes.AutoApproveGroup, found, ct);
        var breakGlass = await Find(draft.BreakGlassGroups, Attributes.BreakGlassGroup, found, ct);
        var excludes = await FindTargets(draft.Excludes, Attributes.Excludes, found, ct);
        if (excludes.Any(excluded => excluded.Id == facts.Id))
            found.Problems.Add($"`{Attributes.Excludes}` names the target itself");

        if (found.Doubt is { } doubt)
            return new RuleReading.Unknown(doubt);
        if (found.Problems.Count > 0)
            return new RuleReading.Unusable(found.Problems);
        return new RuleReading.Offered(draft.Limits with
        {
            Stages = stages,
            Eligible = eligible,
            Escalation = escalation,
            AutoApprove = autoApprove,
            BreakGlass = breakGlass,
            Excludes = excludes,
        });
    }

    private Task<GroupSearch> Find(string name, CancellationToken ct) => groups.GetOrAdd(name, n => directory.FindGroup(n, ct));

    private async Task<IReadOnlyList<GroupRef>> Find(IReadOnlyList<string> names, string attribute, Findings findings, CancellationToken ct)
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
                    findings.Problems.Add($"`{attribute}` names the group \"{name}\", which does not exist");
                    break;
                case GroupSearch.Ambiguous:
                    findings.Problems.Add($"`{attribute}` names the group \"{name}\", and several groups are called that: write its path or id:…");
                    break;
                case GroupSearch.Unknown unknown:
                    findings.Doubt = unknown.Why;
                    break;
            }
        }

        return refs;
    }

    private Task<TargetSearch> FindTarget(string name, CancellationToken ct) => targets.GetOrAdd(name, n => directory.FindTarget(n, ct));

    private async Task<IReadOnlyList<TargetRef>> FindTargets(IReadOnlyList<string> names, string attribute, Findings findings, CancellationToken ct)
    {
        var refs = new List<TargetRef>();
        foreach (var name in names)
        {
            switch (await FindTarget(name, ct))
            {
                case TargetSearch.Found found:
                    if (!refs.Exists(known => known.Id == found.Target.Id))
                        refs.Add(found.Target);
                    break;
                case TargetSearch.NotFound:
                    findings.Problems.Add($"`{attribute}` names \"{name}\", and there is no such group or role");
                    break;
                case TargetSearch.Ambiguous:
                    findings.Problems.Add($"`{attribute}` names \"{name}\", and several groups or roles are called that: write a group's path or id:…, or clientId/role");
                    break;
                case TargetSearch.Unknown unknown:
                    findings.Doubt = unknown.Why;
                    break;
            }
        }

        return refs;
    }

    private sealed class Findings(List<string> problems)
    {
        public List<string> Problems { get; } = problems;

        /// <summary>What could not be read; null: all was.</summary>
        public Doubt? Doubt { get; set; }
    }
}
