using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Grants;

/// <summary>
/// Reads again what a live grant rests on: a person or target that is gone, an account that was disabled, a person who is no longer
/// eligible, a target that has become administrative, or one that somebody else took away ends it, visibly. What a late removal of our own took away is
/// given again. What cannot be read ends nothing.
/// </summary>
public sealed class CheckGrant(IDirectory directory, AccessChecks checks, Disappearances disappearances)
{
    private static readonly TimeSpan again = TimeSpan.FromMinutes(5);

    internal async Task<EntitlementStep> Run(Entitlement entitlement, Grant grant, DateTimeOffset now, CancellationToken ct)
    {
        var realm = await checks.ReadRealm(ct);
        if (realm is not Reading<DirectoryIdentity>.Known { Value: var identity })
            return Later(entitlement, grant, now);

        var person = await checks.CheckPerson(entitlement.Person.Id, identity, ct);
        if (person is PersonCheck.Refused { Why: Refusal.PersonGone })
            return await IsGone(entitlement, grant, EndReason.PersonGone, now, ct);
        if (person is PersonCheck.Refused)
            return EndAll(entitlement, grant, EndReason.PersonDisabled, now);

        var target = await directory.ReadTarget(entitlement.Target, ct);
        if (target is Reading<TargetFacts>.Absent)
            return await IsGone(entitlement, grant, EndReason.TargetGone, now, ct);
        if (person is PersonCheck.Unknown || target is not Reading<TargetFacts>.Known { Value: { Privileges: { } privileges } facts })
            return Later(entitlement, grant, now);
        if (privileges.Administrative)
            return EndAll(entitlement, grant, EndReason.TargetAdministrative, now);
        switch (await IsEligible(entitlement.Person.Id, facts, ct))
        {
            case Reading<bool>.Known { Value: false }:
                return EndAll(entitlement, grant, EndReason.NoLongerEligible, now);
            case Reading<bool>.Unknown:
                return Later(entitlement, grant, now);
        }

        return await directory.Holds(entitlement.Person.Id, entitlement.Target, ct) switch
        {
            // Events call roles by their names: the present one is kept.
            Reading<bool>.Known { Value: true } => new EntitlementStep(entitlement.With(grant.Checked(now)) with { TargetName = facts.Name }, new Changes()),
            Reading<bool>.Known => await TakenAway(entitlement, grant, now, ct),
            _ => Later(entitlement, grant, now),
        };
    }

    /// <summary>By the rule as it is now. One that cannot be used, or a target that is no longer offered, ends nothing: that is for people to say.</summary>
    private async Task<Reading<bool>> IsEligible(PersonId person, TargetFacts facts, CancellationToken ct)
    {
        if (!checks.LevelsOf(facts).Any(level => level.Attributes.ContainsKey(Attributes.EligibleGroup)))
            return new Reading<bool>.Known(true);
        return await checks.Rules().Read(facts, ct) switch
        {
            RuleReading.Offered offered => (await checks.CheckEligible(person, offered.Rule.Eligible, ct)).Select(why => why is null),
            RuleReading.Unknown unknown => new Reading<bool>.Unknown(unknown.Why),
            _ => new Reading<bool>.Known(true),
        };
    }

    private async Task<EntitlementStep> IsGone(Entitlement entitlement, Grant grant, EndReason why, DateTimeOffset now, CancellationToken ct) =>
        await disappearances.Doubts(entitlement, ct) is null ? EndAll(entitlement, grant, why, now) : Later(entitlement, grant, now);

    /// <summary>By others, unless the newest event says that it was us, after all was last found in order.</summary>
    private async Task<EntitlementStep> TakenAway(Entitlement entitlement, Grant grant, DateTimeOffset now, CancellationToken ct) =>
        await directory.ReadLastChange(entitlement.Person.Id, entitlement.Target, ct) switch
        {
            Reading<LastChange>.Known { Value: { Added: false, ByUs: true } change } when IsAfter(change.At, grant) => GiveAgain(entitlement, grant, change.At, now),
            // Who did it will be readable again; without the right to read events it never is.
            Reading<LastChange>.Unknown { Why: not (Doubt.Forbidden or Doubt.Unreadable) } => Later(entitlement, grant, now),
            _ => EndAll(entitlement, grant, EndReason.RemovedOutside, now),
        };

    private static bool IsAfter(DateTimeOffset changed, Grant grant) =>
        grant.State is GrantState.Active active && changed + FollowDirectory.Settling >= (grant.CheckedAt ?? active.Since);

    /// <summary>Back to the step that gives, with the end that it has. Everything is read fresh there.</summary>
    private static EntitlementStep GiveAgain(Entitlement entitlement, Grant grant, DateTimeOffset removedAt, DateTimeOffset now)
    {
        var active = (GrantState.Active)grant.State;
        var started = grant with { State = new GrantState.Started(now, now + Entitlement.StartLimit, active.EndsAt, active.Since), CheckAt = null };
        return EntitlementStep.Of(
            entitlement.With(started) with { Retry = null }, started,
            GrantAudit.Row(
                AuditKind.GrantRestoring, entitlement, started, now,
                ("removed-at", GrantAudit.Instant(removedAt)), ("until", GrantAudit.Instant(active.EndsAt))));
    }

    /// <summary>What was read is true of every confirmed grant of the pair.</summary>
    private static EntitlementStep EndAll(Entitlement entitlement, Grant grant, EndReason why, DateTimeOffset now)
    {
        var step = EndGrant.Begin(entitlement, grant, why, now);
        foreach (var other in entitlement.Grants.Where(other => other.Id != grant.Id && other.State is GrantState.Active))
            step = step.Then(EndGrant.Begin(step.Entitlement, other, why, now));
        return step;
    }

    private static EntitlementStep Later(Entitlement entitlement, Grant grant, DateTimeOffset now) =>
        new(entitlement.With(grant with { CheckAt = now + again }), new Changes());
}
