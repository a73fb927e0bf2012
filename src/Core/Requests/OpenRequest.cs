using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>Finds out who asked, what the rule says and who decides, and asks them.</summary>
public sealed class OpenRequest(Identities identities, AccessChecks checks, FindApprovers approvers, IRequests requests)
{
    internal async Task<RequestStep> Run(AccessRequest request, DateTimeOffset now, CancellationToken ct)
    {
        var account = request.Filing.From ?? throw new InvalidOperationException("A request without a chat account is opened by whoever filed it.");
        switch (await identities.Identify(account, ct))
        {
            case Identification.Refused refused:
                return RequestStep.Refused(request, refused.Why, now);
            case Identification.Unknown unknown:
                return Waits(request, unknown.Why, now);
            case Identification.Proved proved:
                return await Open(request, account, proved, now, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<RequestStep> Open(AccessRequest request, ChatAccount account, Identification.Proved filer, DateTimeOffset now, CancellationToken ct)
    {
        request = request with { Filing = request.Filing with { Person = filer.Person.Ref }, Beneficiary = filer.Person.Ref };
        // Before anything that may have to wait: only one of them can be stored as this beneficiary's.
        if (await requests.FindOpen(filer.Person.Id, request.Target, ct) is { } other && other != request.Id)
            return RequestStep.Refused(request, new Refusal.AlreadyOpen(other), now);

        switch (await checks.Check(filer.Person.Id, request.Target, ct))
        {
            case AccessCheck.Refused refused:
                return RequestStep.Refused(request, refused.Why, now);
            case AccessCheck.Unknown unknown:
                return Waits(request, unknown.Why, now);
            case AccessCheck.Allowed allowed:
                request = request with { TargetName = allowed.Target.Name };
                if (Submission.Of(request).Check(allowed.Rule).Select(found => found.Why).FirstOrDefault() is { } wrong)
                    return RequestStep.Refused(request, wrong, now);
                return await Ask(request, account, filer, allowed, now, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<RequestStep> Ask(AccessRequest request, ChatAccount account, Identification.Proved filer, AccessCheck.Allowed allowed, DateTimeOffset now, CancellationToken ct)
    {
        switch (await approvers.Run(request, allowed.Rule, stage: 0, escalated: false, allowed.Directory, ct))
        {
            case ApproverSearch.Nobody nobody:
                return RequestStep.Refused(request, nobody.Why, now);
            case ApproverSearch.Unknown unknown:
                return Waits(request, unknown.Why, now);
            case ApproverSearch.Found found:
                var opened = ((Decision.Accepted)request.Open(filer.Person.Ref, filer.Person.Ref, allowed.Rule, allowed.Target.Privileges!, now)).Request;
                var asked = AskApprovers.Ask(opened, found, now);
                return asked with
                {
                    Changes = asked.Changes with
                    {
                        Matches = [new Match(account, filer.Person.Ref, filer.Proof, now)],
                        Audit = [RequestAudit.Pending(asked.Request, now), .. asked.Changes.Audit],
                    },
                };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static RequestStep Waits(AccessRequest request, Doubt why, DateTimeOffset now) =>
        request.State is RequestState.Received received && now >= received.GiveUpAt
            ? RequestStep.Refused(request, new Refusal.DirectoryAwayTooLong(why), now)
            : RequestStep.HeldUp(request, why, request.ReceivedAt, now);
}
