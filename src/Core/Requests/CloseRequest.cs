using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>
/// What the end of a request brings beside its own, in one commit: those who were asked are free of it, and access that was taken
/// in an emergency is confirmed or begins to end.
/// </summary>
public sealed class CloseRequest(ICards cards, IEntitlements entitlements)
{
    /// <summary>A step that leaves the request open stays as it is.</summary>
    internal async Task<RequestStep> Complete(RequestStep step, DateTimeOffset now, CancellationToken ct)
    {
        var request = step.Request;
        if (request.State.IsOpen)
            return step;

        step = step with { Changes = step.Changes with { Touched = [.. step.Changes.Touched, .. await RequestChanges.PagesOfApprovers(request, cards, ct)] } };
        if (!request.Emergency || await entitlements.FindOf(request.Id, ct) is not { } found)
            return step;

        var denied = request.State is RequestState.Denied;
        var entitlement = denied ? found.Value with { EmergencyDeniedAt = now } : found.Value;
        if (entitlement.Grants.SingleOrDefault(grant => grant.Request == request.Id && grant.State is not GrantState.Ending) is not { } taken)
            return denied ? With(step, new EntitlementStep(entitlement, new Changes()), found.Version) : step;

        return With(step, Settle(request, entitlement, taken, now), found.Version);
    }

    private static EntitlementStep Settle(AccessRequest request, Entitlement entitlement, Grant taken, DateTimeOffset now) => request.State switch
    {
        RequestState.Approved { By: { } by } => EntitlementStep.Of(
            entitlement.With(taken with { Basis = new GrantBasis.Decision(by) }), taken, GrantAudit.Row(AuditKind.GrantConfirmed, entitlement, taken, now, ("by", by.Id.Value))),
        RequestState.Denied => EndGrant.Begin(entitlement, taken, EndReason.Denied, now),
        RequestState.Lapsed => EndGrant.Begin(entitlement, taken, EndReason.NotConfirmedInTime, now),
        RequestState.Cancelled => EndGrant.Begin(entitlement, taken, EndReason.GivenBack, now),
        RequestState.Refused => EndGrant.Begin(entitlement, taken, EndReason.NoLongerAllowed, now),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static RequestStep With(RequestStep step, EntitlementStep settled, long version) => step with
    {
        Changes = step.Changes with
        {
            Entitlement = new Versioned<Entitlement>(settled.Entitlement, version),
            Touched = [.. step.Changes.Touched, .. settled.Changes.Touched],
            Notes = [.. step.Changes.Notes, .. settled.Changes.Notes],
            Audit = [.. step.Changes.Audit, .. settled.Changes.Audit],
        },
    };
}
