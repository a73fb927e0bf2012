using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>
/// Requests for more time. What they extend must be live when they are opened and when they are approved: an end that has begun is
/// not taken back. Time in a row stays within what the rule allows.
/// </summary>
public sealed class Extensions(IEntitlements entitlements, IRequests requests, TimeProvider time)
{
    /// <summary>The grant that the request is to extend; refused: there is none, it is somebody else's, or it has lasted long enough.</summary>
    internal async Task<ExtensionCheck> Check(AccessRequest request, PersonId beneficiary, AccessRule rule, CancellationToken ct)
    {
        if (request.Extends is not { } original || await entitlements.FindOf(original, ct) is not { } found || found.Value.Person.Id != beneficiary || found.Value.Target != request.Target)
            return new ExtensionCheck.Refused(new Refusal.NothingToExtend());
        if (found.Value.Grants.SingleOrDefault(grant => grant.Request == original) is not { State: GrantState.Active { EndsAt: { } end } active } grant)
            return new ExtensionCheck.Refused(new Refusal.GrantOver());

        var left = rule.MaxDuration - (end - active.Since);
        return left <= TimeSpan.Zero
            ? new ExtensionCheck.Refused(new Refusal.LongEnough(rule.MaxDuration))
            : new ExtensionCheck.Fine(found, grant, end, left);
    }

    /// <summary>The approved request moves the end, in the transaction that says so.</summary>
    internal async Task<RequestStep> Run(AccessRequest before, RequestStep step, AccessRule rule, DateTimeOffset now, CancellationToken ct)
    {
        switch (await Check(before, before.Beneficiary!.Id, rule, ct))
        {
            case ExtensionCheck.Refused refused:
                return RequestStep.Refused(before, refused.Why, now);
            case ExtensionCheck.Fine { Entitlement: var found, Grant: var grant, EndsAt: var end, Left: var left }:
                var length = step.Request.Allowed is AccessLength.For span && span.Length < left ? span.Length : left;
                var active = (GrantState.Active)grant.State;
                var extended = grant with
                {
                    State = active with { EndsAt = end + length },
                    RemindAt = Reminders.Next(active.Since, end + length, time.GetUtcNow()),
                };
                var entitlement = found.Value.With(extended);
                var settled = EntitlementStep.Of(
                        entitlement, extended,
                        GrantAudit.Row(AuditKind.GrantExtended, entitlement, extended, now, ("by-request", step.Request.Id.ToString()), ("until", GrantAudit.Instant(end + length))))
                    .Telling((await requests.Load(grant.Request, ct))?.Value, $"extended:{grant.Id}:{step.Request.Id}", GrantMessages.Extended(entitlement, end + length));
                return step with
                {
                    Changes = step.Changes with
                    {
                        Entitlement = new Versioned<Entitlement>(entitlement, found.Version),
                        Touched = [.. step.Changes.Touched, .. settled.Changes.Touched],
                        Notes = [.. step.Changes.Notes, .. settled.Changes.Notes],
                        Audit = [.. step.Changes.Audit, .. settled.Changes.Audit],
                    },
                };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}

internal abstract record ExtensionCheck
{
    private ExtensionCheck()
    {
    }

    /// <param name="Left">By how much it may be extended at most.</param>
    public sealed record Fine(Versioned<Entitlement> Entitlement, Grant Grant, DateTimeOffset EndsAt, TimeSpan Left) : ExtensionCheck;

    public sealed record Refused(Refusal Why) : ExtensionCheck;
}
