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
public sealed class DecideByToken(IRequests requests, CastVote cast, Deciders deciders, ICatalog catalog, LoginAvailability? login = null)
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
            switch (await deciders.Refuse(by.Person, null, request, pending, ct))
            {
                case Reading<Refusal?>.Known { Value: { } why }:
                    return new Judgement.Refused(why, request.TargetName);
                case Reading<Refusal?>.Known when fresh is null && IsRisky(request):
                    return new Judgement.Refused(new Refusal.LoginNeeded(LoginAge, login?.Level), request.TargetName);
                case Reading<Refusal?>.Unknown unknown:
                    return new Judgement.NotNow(unknown.Why, request.TargetName);
            }
        }

        // What comes too late is told to who calls, not to the audit: a program may call again and again.
        return await cast.Judge(by.Actor, id, choice, reason, atMost, fresh, receivedAt, ct) is var judged && judged is Judgement.Refused refused
            ? refused with { Besides = new Changes() }
            : judged;
    }

    /// <summary>By the rule as it was at the request, or as it is now.</summary>
    private bool IsRisky(AccessRequest request) => request.Rule!.Risk == Risk.High || catalog.Current.Find(request.Target)?.Rule.Risk == Risk.High;
}
