using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>Who may take what they need before anybody decides.</summary>
public sealed class Emergencies(AccessChecks checks, IEntitlements entitlements)
{
    /// <summary>Known and null: this person may. Whether they may have the target at all is not asked here.</summary>
    public async Task<Reading<Refusal?>> Check(PersonId person, TargetId target, AccessRule rule, CancellationToken ct) => rule.BreakGlass.Count == 0
        ? new Reading<Refusal?>.Known(new Refusal.NotForEmergencies())
        : await checks.IsInAny(person, rule.BreakGlass, ct) switch
        {
            Reading<bool>.Known { Value: false } => new Reading<Refusal?>.Known(new Refusal.NotOneForEmergencies([.. rule.BreakGlass.Select(group => group.Path)])),
            Reading<bool>.Known => new Reading<Refusal?>.Known(
                (await entitlements.Find(person, target, ct))?.Value.EmergencyDeniedAt is { } deniedAt ? new Refusal.EmergencyDenied(deniedAt) : null),
            var other => new Reading<Refusal?>.Unknown(AccessChecks.DoubtOf(other)),
        };
}
