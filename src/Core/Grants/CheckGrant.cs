using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Grants;

/// <summary>
/// Reads again what a live grant rests on: a person or target that is gone, an account that was disabled, or a target that
/// somebody else took away ends it, visibly. What cannot be read ends nothing.
/// </summary>
public sealed class CheckGrant(IDirectory directory, AccessChecks checks)
{
    private static readonly TimeSpan again = TimeSpan.FromMinutes(5);

    internal async Task<EntitlementStep> Run(Entitlement entitlement, Grant grant, DateTimeOffset now, CancellationToken ct)
    {
        var realm = await checks.ReadRealm(ct);
        if (realm is not Reading<DirectoryIdentity>.Known { Value: var identity })
            return Later(entitlement, grant, now + again);

        var person = await checks.CheckPerson(entitlement.Person.Id, identity, ct);
        if (person is PersonCheck.Refused refused)
            return EndAll(entitlement, grant, refused.Why is Refusal.PersonGone ? EndReason.PersonGone : EndReason.PersonDisabled, now);

        var target = await directory.ReadTarget(entitlement.Target, ct);
        if (target is Reading<TargetFacts>.Absent)
            return EndAll(entitlement, grant, EndReason.TargetGone, now);
        if (person is PersonCheck.Unknown || target is Reading<TargetFacts>.Unknown)
            return Later(entitlement, grant, now + again);

        return await directory.Holds(entitlement.Person.Id, entitlement.Target, ct) switch
        {
            Reading<bool>.Known { Value: true } => Later(entitlement, grant, now + Entitlement.CheckEvery),
            Reading<bool>.Known => EndAll(entitlement, grant, EndReason.RemovedOutside, now),
            _ => Later(entitlement, grant, now + again),
        };
    }

    /// <summary>What was read is true of every confirmed grant of the pair.</summary>
    private static EntitlementStep EndAll(Entitlement entitlement, Grant grant, EndReason why, DateTimeOffset now)
    {
        var step = EndGrant.Begin(entitlement, grant, why, now);
        foreach (var other in entitlement.Grants.Where(other => other.Id != grant.Id && other.State is GrantState.Active))
            step = step.Then(EndGrant.Begin(step.Entitlement, other, why, now));
        return step;
    }

    private static EntitlementStep Later(Entitlement entitlement, Grant grant, DateTimeOffset at) =>
        new(entitlement.With(grant with { CheckAt = at }), new Changes());
}
