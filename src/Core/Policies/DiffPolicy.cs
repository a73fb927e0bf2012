using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Policies;

/// <summary>What another policy would change: rules of targets, and through them requests that wait and grants that are live. Changes nothing itself.</summary>
public sealed class DiffPolicy(IDirectory directory, ILoginPolicies logins, AccessChecks checks, IRequests requests, IOverview overview)
{
    /// <summary>More than these of a kind are not looked at.</summary>
    private const int Most = 5000;

    public async Task<PolicyDiff> Run(Policy next, CancellationToken ct)
    {
        var read = await directory.ReadRequestable(ct);
        if (read is not Reading<IReadOnlyList<TargetFacts>>.Known { Value: var targets })
            return new PolicyDiff.Unknown(AccessChecks.DoubtOf(read));

        var (now, then) = (checks.Rules(), checks.Rules(next));
        var changed = new List<ChangedTarget>();
        var rules = new Dictionary<TargetId, AccessRule>();
        foreach (var facts in targets.OrderBy(facts => facts.Name, StringComparer.Ordinal))
        {
            switch (await now.Read(facts, ct), await then.Read(facts, ct))
            {
                case (RuleReading.Unknown unknown, _):
                    return new PolicyDiff.Unknown(unknown.Why);
                case (_, RuleReading.Unknown unknown):
                    return new PolicyDiff.Unknown(unknown.Why);
                case (RuleReading.Offered before, RuleReading.Offered after) when before.Rule.Version != after.Rule.Version:
                    changed.Add(new ChangedTarget(facts.Name, [.. Words(before.Rule, after.Rule)]));
                    rules[facts.Id] = after.Rule;
                    break;
                case (RuleReading.Offered, RuleReading.Unusable after):
                    changed.Add(new ChangedTarget(facts.Name, [$"no longer offered: {string.Join("; ", after.Problems)}"]));
                    break;
                case (RuleReading.Unusable, RuleReading.Offered):
                    changed.Add(new ChangedTarget(facts.Name, ["offered again"]));
                    break;
            }
        }

        var affected = new List<AffectedItem>();
        foreach (var request in (await requests.Pending(Most, ct)).Where(request => rules.ContainsKey(request.Target)))
            affected.Add(new AffectedItem($"request {request.Id}", $"{Sentences.Beneficiary(request)}, {request.TargetName}", Consequence(request, rules[request.Target])));
        foreach (var (target, rule) in rules)
        {
            foreach (var holder in await overview.Holders(target, Most, ct))
            {
                foreach (var grant in holder.Grants.Where(grant => grant.State is GrantState.Active))
                    affected.Add(new AffectedItem($"grant {grant.Id}", $"{holder.Person.Name}, {holder.TargetName}", await Consequence(holder.Person, rule, ct)));
            }
        }

        var known = await logins.Read(resolve: false, ct);
        return known is Reading<LoginGuard>.Known { Value: var guard }
            ? new PolicyDiff.Read(changed, affected, LoginDifference.Between(guard, next.Logins))
            : new PolicyDiff.Unknown(AccessChecks.DoubtOf(known));
    }

    private static string Consequence(AccessRequest request, AccessRule rule)
    {
        if (Submission.Of(request).Check(rule).FirstOrDefault(found => found.Why is not Refusal.TooLong and not Refusal.EndRequired) is { Why: { } why })
            return $"would be refused at the next vote. {Sentences.For(why)}";
        return rule.Limit(request.Allowed) is var limited && limited != request.Allowed
            ? $"would be granted {Sentences.For(limited)} in the place of {Sentences.For(request.Allowed)}"
            : "would be decided by the new rule";
    }

    private async Task<string> Consequence(PersonRef person, AccessRule rule, CancellationToken ct) => await checks.CheckEligible(person.Id, rule.Eligible, ct) switch
    {
        Reading<Refusal?>.Known { Value: { } why } => $"would end. {Sentences.For(why)}",
        Reading<Refusal?>.Known => "keeps its end; a longer one would be asked for by the new rule",
        var unknown => $"cannot be told now. {Sentences.For(AccessChecks.DoubtOf(unknown))}",
    };

    /// <summary>Each difference as <c>name: before → after</c>.</summary>
    private static IEnumerable<string> Words(AccessRule before, AccessRule after)
    {
        foreach (var (name, was, becomes) in Parts(before).Zip(Parts(after), (one, other) => (one.Name, one.Text, other.Text)))
        {
            if (was != becomes)
                yield return $"{name}: {was} → {becomes}";
        }
    }

    private static IEnumerable<(string Name, string Text)> Parts(AccessRule rule) =>
    [
        (Attributes.Approvals, string.Join(", ", rule.Stages.Select(stage => stage.Approvals))),
        (Attributes.MaxDuration, Durations.Write(rule.MaxDuration)),
        (Attributes.DefaultDuration, Durations.Write(rule.DefaultDuration)),
        (Attributes.PendingTtl, Durations.Write(rule.PendingTtl)),
        (Attributes.Permanent, rule.MayBePermanent ? "true" : "false"),
        (Attributes.Risk, rule.Risk.ToString().ToLowerInvariant()),
        (Attributes.EligibleGroup, Names(rule.Eligible.Select(choice => string.Join(" or ", choice.Groups.Select(group => group.Path))))),
        (Attributes.Excludes, Names(rule.Excludes.Select(target => target.Name))),
        (Attributes.AutoApproveGroup, Names(rule.AutoApprove.Select(group => group.Path))),
        (Attributes.BreakGlassGroup, Names(rule.BreakGlass.Select(group => group.Path))),
        (Attributes.BreakGlassConfirm, Durations.Write(rule.BreakGlassConfirm)),
        (Attributes.ApproverChannel, rule.Channel?.Name ?? "none"),
        (Attributes.JustificationPattern, Names(rule.JustificationPatterns)),
        (Attributes.TicketPattern, Names(rule.TicketPatterns)),
    ];

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal)) is { Length: > 0 } joined ? joined : "none";
}

public abstract record PolicyDiff
{
    private protected PolicyDiff()
    {
    }

    /// <param name="Affected">Requests that wait and grants that are live, of targets whose rule changes.</param>
    /// <param name="Logins">Clients that ask for something else at login than the file says; that is set only where two administrators say so.</param>
    public sealed record Read(IReadOnlyList<ChangedTarget> Targets, IReadOnlyList<AffectedItem> Affected, IReadOnlyList<LoginDifference> Logins) : PolicyDiff
    {
        public bool IsEmpty => Targets.Count == 0 && Logins.Count == 0;
    }

    public sealed record Unknown(Doubt Why) : PolicyDiff;
}

/// <param name="Differences">In words, one or more.</param>
public sealed record ChangedTarget(string Name, IReadOnlyList<string> Differences);

/// <param name="What"><c>request ID</c> or <c>grant ID</c>.</param>
/// <param name="Whose">Who, and what.</param>
public sealed record AffectedItem(string What, string Whose, string Consequence);
