using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Approvals;

/// <summary>Whether somebody is among those who decide on a request now, by what is read afresh.</summary>
public sealed class Deciders(Own own, AccessChecks checks)
{
    /// <param name="account">From which they act; null: from none.</param>
    /// <returns>Known and null: nothing speaks against it.</returns>
    public async Task<Reading<Refusal?>> Refuse(Person person, ChatAccount? account, AccessRequest request, RequestState.Pending pending, CancellationToken ct)
    {
        if (person.IsServiceAccount)
            return Known(new Refusal.NotAHuman());

        var owning = await own.Includes(person, account, request, ct);
        if (owning is not Reading<bool>.Known { Value: var isOwn })
            return new Reading<Refusal?>.Unknown(AccessChecks.DoubtOf(owning));
        if (isOwn)
            return Known(new Refusal.OwnRequest());

        var rule = request.Rule!;
        var deciding = await checks.IsInAny(person.Id, pending.EscalatedAt is null ? rule.Stages[pending.Stage].Groups : [.. rule.Stages[pending.Stage].Groups, .. rule.Escalation], ct);
        return deciding is Reading<bool>.Known { Value: var decides }
            ? Known(decides ? null : new Refusal.NotAnApprover())
            : new Reading<Refusal?>.Unknown(AccessChecks.DoubtOf(deciding));
    }

    private static Reading<Refusal?> Known(Refusal? why) => new Reading<Refusal?>.Known(why);
}
