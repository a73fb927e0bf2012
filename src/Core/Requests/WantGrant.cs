using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>Makes the grant wanted that a request comes to, in the transaction that says so.</summary>
public sealed class WantGrant(IEntitlements entitlements, IIds ids)
{
    /// <param name="rule">As it is now: it may shorten what was asked for.</param>
    internal async Task<RequestStep> Run(RequestStep step, GrantBasis basis, AccessRule rule, DateTimeOffset now, CancellationToken ct)
    {
        var request = step.Request;
        var length = rule.Limit(request.Allowed);
        var start = length is AccessLength.Window window && window.From > now ? window.From : now;
        var grant = new Grant
        {
            Id = new GrantId(ids.Next()),
            Request = request.Id,
            Basis = basis,
            Length = length,
            State = new GrantState.Waiting(start + Entitlement.StartLimit),
        };
        var found = await entitlements.Find(request.Beneficiary!.Id, request.Target, ct);
        var entitlement = (found?.Value ?? new Entitlement
        {
            Id = new EntitlementId(ids.Next()),
            Person = request.Beneficiary,
            Target = request.Target,
            TargetName = request.TargetName,
            Grants = [],
        }).With(grant);
        var row = GrantAudit.Row(AuditKind.GrantWaiting, entitlement, grant, now, ("length", Chat.Sentences.For(length)), ("basis", Word(basis)), ("rule", rule.Version), ("policy", rule.Policy));
        return step with
        {
            Changes = step.Changes with
            {
                Entitlement = new Versioned<Entitlement>(entitlement, found?.Version ?? 0),
                Audit = [.. step.Changes.Audit, row],
            },
        };
    }

    private static string Word(GrantBasis basis) => basis switch
    {
        GrantBasis.Decision => "decision",
        GrantBasis.Rule => "rule",
        GrantBasis.BreakGlass => "break-glass",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
