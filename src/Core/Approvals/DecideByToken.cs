using ChatGovernance.Core.Logins;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Approvals;

/// <summary>
/// A decision of somebody who showed a token. It is cast and counted as a click is; what is known to speak against it is said at once,
/// for a caller waits for the answer.
/// </summary>
public sealed class DecideByToken(IRequests requests, CastVote cast, Own own, AccessChecks checks, ICatalog catalog, LoginAvailability? login = null)
{
    /// <summary>How old the login behind a decision of high risk may be.</summary>
    public static readonly TimeSpan LoginAge = TimeSpan.FromMinutes(5);

    public async Task<Judgement> Judge(Caller by, RequestId id, Choice choice, string? reason, TimeSpan? atMost, DateTimeOffset receivedAt, CancellationToken ct)
    {
        var fresh = by.LoggedInAt is { } at && at + LoginAge > receivedAt && (login?.Level is not { } level || by.Level == level)
            ? new Confirmation(by.Person.Id, at)
            : null;
        if (await requests.Load(id, ct) is { Value: { State: RequestState.Pending pending } request })
        {
            switch (await Refuse(by, request, pending, fresh, ct))
            {
                case Reading<Refusal?>.Known { Value: { } why }:
                    return new Judgement.Refused(why, request.TargetName);
                case Reading<Refusal?>.Unknown unknown:
                    return new Judgement.NotNow(unknown.Why, request.TargetName);
            }
        }

        return await cast.Judge(by.Actor, id, choice, reason, atMost, fresh, receivedAt, ct);
    }

    /// <summary>Known and null: nothing speaks against it yet.</summary>
    private async Task<Reading<Refusal?>> Refuse(Caller by, AccessRequest request, RequestState.Pending pending, Confirmation? fresh, CancellationToken ct)
    {
        if (by.Person.IsServiceAccount)
            return Known(new Refusal.NotAHuman());

        var owning = await own.Includes(by.Person, null, request, ct);
        if (owning is not Reading<bool>.Known { Value: var isOwn })
            return new Reading<Refusal?>.Unknown(AccessChecks.DoubtOf(owning));
        if (isOwn)
            return Known(new Refusal.OwnRequest());

        var rule = request.Rule!;
        var deciding = await checks.IsInAny(by.Person.Id, pending.EscalatedAt is null ? rule.Stages[pending.Stage].Groups : [.. rule.Stages[pending.Stage].Groups, .. rule.Escalation], ct);
        if (deciding is not Reading<bool>.Known { Value: var decides })
            return new Reading<Refusal?>.Unknown(AccessChecks.DoubtOf(deciding));
        if (!decides)
            return Known(new Refusal.NotAnApprover());

        var risky = rule.Risk == Risk.High || catalog.Current.Find(request.Target)?.Rule.Risk == Risk.High;
        return Known(risky && fresh is null ? new Refusal.LoginNeeded(LoginAge, login?.Level) : null);
    }

    private static Reading<Refusal?> Known(Refusal? why) => new Reading<Refusal?>.Known(why);
}
