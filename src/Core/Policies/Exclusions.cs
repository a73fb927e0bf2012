using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Policies;

/// <summary>
/// Separation of duties: what must not be held together is refused from either side, whichever of the two carries the rule, and
/// whatever way it is held. Among grants of ours that are made at the same moment the one that was begun first stays.
/// </summary>
public sealed class Exclusions(IDirectory directory, ICatalog catalog, IEntitlements entitlements)
{
    /// <summary>Known and null: nothing speaks against it.</summary>
    public Task<Reading<Refusal?>> Check(PersonId person, TargetFacts facts, AccessRule rule, CancellationToken ct) => Check(person, Of(facts, rule), ct);

    /// <summary>Known and null: the person has none of these, in whatever way.</summary>
    public async Task<Reading<Refusal?>> Check(PersonId person, IEnumerable<TargetRef> targets, CancellationToken ct)
    {
        var answers = await Task.WhenAll(targets.Select(async target => (Target: target, Holds: await directory.HoldsInEffect(person, target.Id, ct))));
        foreach (var (excluded, holds) in answers)
        {
            switch (holds)
            {
                case Reading<bool>.Known { Value: true }:
                    return new Reading<Refusal?>.Known(new Refusal.Excluded(excluded.Name));
                case Reading<bool>.Unknown unknown:
                    return new Reading<Refusal?>.Unknown(unknown.Why);
            }
        }

        return new Reading<Refusal?>.Known(null);
    }

    /// <summary>
    /// Another grant of ours that is being made or live and must not stand beside this one; null: none. Asked after this grant's
    /// own beginning is stored: of two at once at least one sees the other.
    /// </summary>
    public async Task<Refusal?> AmongGrants(Grants.Entitlement entitlement, Grants.Grant grant, TargetFacts facts, AccessRule rule, CancellationToken ct)
    {
        var excluded = Of(facts, rule).ToDictionary(target => target.Id, target => target.Name);
        if (excluded.Count == 0)
            return null;

        var others = await entitlements.BegunGrants(entitlement.Person.Id, ct);
        return others.Where(other => excluded.ContainsKey(other.Target) && IsBefore(other, grant)).Select(other => new Refusal.Excluded(excluded[other.Target])).FirstOrDefault();
    }

    /// <summary>What the target's own rule names, and what carries a rule that names the target, or something that the target brings.</summary>
    private IEnumerable<TargetRef> Of(TargetFacts facts, AccessRule rule) => rule.Excludes
        .Concat(catalog.Current.Entries
            .Where(entry => entry.Target != facts.Id && entry.Rule.Excludes.Any(named => Brings(facts, named)))
            .Select(entry => new TargetRef(entry.Target, entry.Name)))
        .DistinctBy(target => target.Id);

    /// <summary>Whoever has the target has this as well.</summary>
    internal static bool Brings(TargetFacts facts, TargetRef named) => facts.Id == named.Id || (named.Id.Kind == TargetKind.Group
        ? facts.Id.Kind == TargetKind.Group && facts.Levels.Any(level => level.Where == named.Name)
        : facts.Privileges?.EffectiveRoles.Contains(named.Name) == true);

    // Ids settle what began in the same instant.
    private static bool IsBefore(BegunGrant other, Grants.Grant grant) =>
        grant.State is not Grants.GrantState.Started mine || other.SentAt is not { } theirs || theirs < mine.SentAt || (theirs == mine.SentAt && other.Id.Value.CompareTo(grant.Id.Value) < 0);
}
