using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.TestSupport.Builders;

/// <summary>Entitlements of Alice to <see cref="Some.Database"/>, and grants in each state.</summary>
public static class Entitlements
{
    public static Entitlement AnEntitlement(params IReadOnlyList<Grant> grants) => new()
    {
        Id = new EntitlementId(KnownIds.Number(500)),
        Person = Some.Alice,
        Target = Some.Database,
        TargetName = Some.DatabaseName,
        Grants = grants,
    };

    public static Entitlement WithTenure(this Entitlement entitlement, bool heldBefore = false, DateTimeOffset? sentAt = null) =>
        entitlement with { Tenure = new Tenure { Id = KnownIds.Number(600), OpenedAt = Some.Now, HeldBefore = heldBefore, SentAt = sentAt } };

    public static Grant AGrant(GrantState state, int id = 1, AccessLength? length = null, DateTimeOffset? remindAt = null, DateTimeOffset? checkAt = null) => new()
    {
        Id = new GrantId(KnownIds.Number(700 + id)),
        Request = new RequestId(KnownIds.Number(id)),
        Basis = new GrantBasis.Decision(Some.Bob),
        Length = length ?? new AccessLength.For(Some.Hours(8)),
        State = state,
        RemindAt = remindAt,
        CheckAt = checkAt,
    };

    public static GrantState Waiting() => new GrantState.Waiting(Some.Now + Entitlement.StartLimit);

    public static GrantState Started(DateTimeOffset? endsAt = null) => new GrantState.Started(Some.Now, Some.Now + Entitlement.StartLimit, endsAt ?? Some.Now + Some.Hours(8));

    public static GrantState Active(DateTimeOffset? endsAt = null) => new GrantState.Active(Some.Now, endsAt ?? Some.Now + Some.Hours(8));

    public static GrantState ActiveWithoutEnd() => new GrantState.Active(Some.Now, null);

    public static GrantState Ending(EndReason why = EndReason.Expired) => new GrantState.Ending(why, Some.Now, Some.Now);

    public static GrantState Ended() => new GrantState.Ended(EndReason.Expired, EndOutcome.Removed, Some.Now, []);

    public static GrantState Failed() => new GrantState.Failed(new GrantFailure.OutOfTime(null), Some.Now);
}
