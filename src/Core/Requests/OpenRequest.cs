using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>Finds out who asked, what the rule says and who decides, and asks them.</summary>
public sealed class OpenRequest(Identities identities, AccessChecks checks, FindApprovers approvers, WantGrant want, Extensions extensions, Emergencies emergencies, IRequests requests)
{
    internal async Task<RequestStep> Run(AccessRequest request, DateTimeOffset now, CancellationToken ct)
    {
        if (request.Filing.LoggedIn is { } loggedIn)
            return await OpenProved(request, loggedIn, now, ct);
        var account = request.Filing.From ?? throw new InvalidOperationException("A request without a chat account is opened by whoever filed it.");
        switch (await identities.Identify(account, ct))
        {
            case Identification.Refused refused:
                return RequestStep.Refused(request, refused.Why, now);
            case Identification.Unknown unknown:
                return Waits(request, unknown.Why, now);
            case Identification.Proved proved:
                return await Open(request, account, proved, checks.Begin(), now, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The directory has said who it is; where that person has a chat account, they are told there what comes of it. So is the one whom it is for.</summary>
    private async Task<RequestStep> OpenProved(AccessRequest request, PersonId loggedIn, DateTimeOffset now, CancellationToken ct)
    {
        var readings = checks.Begin();
        switch (await readings.Person(loggedIn, ct))
        {
            case Reading<Person>.Unknown unknown:
                return Waits(request, unknown.Why, now);
            case Reading<Person>.Known { Value: { Enabled: false } }:
                return RequestStep.Refused(request, new Refusal.PersonDisabled(), now);
            case Reading<Person>.Known { Value: var person }:
                var found = await FindAccounts(request, person, readings, ct);
                if (found is not Reading<Filing>.Known { Value: var filing })
                    return Waits(request, AccessChecks.DoubtOf(found), now);
                request = request with { Filing = filing };
                var step = await Open(request, null, new Identification.Proved(person, ""), readings, now, ct);
                return filing.From is not { } account ? step : step with { Changes = step.Changes with { Cards = [RequestChanges.FollowCard(step.Request, account), .. step.Changes.Cards] } };
            default:
                return RequestStep.Refused(request, new Refusal.PersonGone(), now);
        }
    }

    /// <summary>Where the filer is told, and the one it is for.</summary>
    private async Task<Reading<Filing>> FindAccounts(AccessRequest request, Person filer, AccessReadings readings, CancellationToken ct)
    {
        var own = await identities.FindAccounts(filer, ct);
        if (own is not Reading<IReadOnlyList<ChatAccount>>.Known { Value: var accounts })
            return new Reading<Filing>.Unknown(AccessChecks.DoubtOf(own));

        var filing = request.Filing with { From = accounts.Cast<ChatAccount?>().FirstOrDefault() };
        if (!filing.ForOther)
            return new Reading<Filing>.Known(filing);
        switch (await readings.Person(request.Beneficiary!.Id, ct))
        {
            case Reading<Person>.Known { Value: var beneficiary }:
                return (await identities.FindAccounts(beneficiary, ct)).Select(theirs => filing with { Other = theirs.Cast<ChatAccount?>().FirstOrDefault() });
            case Reading<Person>.Unknown unknown:
                return new Reading<Filing>.Unknown(unknown.Why);
            default:
                return new Reading<Filing>.Known(filing); // refused next, by the checks
        }
    }

    private async Task<RequestStep> Open(AccessRequest request, ChatAccount? account, Identification.Proved filer, AccessReadings readings, DateTimeOffset now, CancellationToken ct)
    {
        var beneficiary = request.Filing.ForOther ? request.Beneficiary! : filer.Person.Ref;
        request = request with { Filing = request.Filing with { Person = filer.Person.Ref }, Beneficiary = beneficiary };
        // Before anything that may have to wait: only one of them can be stored as this beneficiary's.
        if (await requests.FindOpen(beneficiary.Id, request.Target, ct) is { } other && other != request.Id)
            return RequestStep.Refused(request, new Refusal.AlreadyOpen(other), now);

        if (request is { Emergency: true, Filing.ForOther: true })
            return RequestStep.Refused(request, new Refusal.EmergencyOfOthers(), now);

        switch (await checks.Check(beneficiary.Id, request.Target, readings, ct))
        {
            case AccessCheck.Refused refused:
                return RequestStep.Refused(request, refused.Why, now);
            case AccessCheck.Unknown unknown:
                return Waits(request, unknown.Why, now);
            case AccessCheck.Allowed allowed:
                request = request with { TargetName = allowed.Target.Name };
                if (Submission.Of(request).Check(allowed.Rule).Select(found => found.Why).FirstOrDefault() is { } wrong)
                    return RequestStep.Refused(request, wrong, now);
                if (request.Extends is not null && await extensions.Check(request, beneficiary.Id, allowed.Rule, ct) is ExtensionCheck.Refused cannot)
                    return RequestStep.Refused(request, cannot.Why, now);
                return await (request.Emergency ? Take(request, account, filer, allowed, now, ct) : Decide(request, account, filer, allowed, now, ct));
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>By the rule alone for those whom it names and who ask for themselves, else by people.</summary>
    private async Task<RequestStep> Decide(AccessRequest request, ChatAccount? account, Identification.Proved filer, AccessCheck.Allowed allowed, DateTimeOffset now, CancellationToken ct)
    {
        switch (allowed.Rule.AutoApprove.Count == 0 || request.Filing.ForOther ? new Reading<bool>.Known(false) : await checks.IsInAny(filer.Person.Id, allowed.Rule.AutoApprove, ct))
        {
            case Reading<bool>.Known { Value: true }:
                var approved = (Decision.Accepted)request.ApproveByRule(Attributes.AutoApproveGroup, filer.Person.Ref, request.Beneficiary!, allowed.Rule, allowed.Target.Privileges!, now);
                var ended = RequestStep.Ended(request, approved.Request, now);
                ended = ended with { Changes = ended.Changes with { Matches = MatchOf(account, filer, now) } };
                return request.Extends is null
                    ? await want.Run(ended, new GrantBasis.Rule(Attributes.AutoApproveGroup, allowed.Rule.Version), allowed.Rule, now, ct)
                    : await extensions.Run(request, ended, allowed.Rule, now, ct);
            case Reading<bool>.Known:
                return await Ask(request, account, filer, allowed, now, ct);
            case var other:
                return Waits(request, AccessChecks.DoubtOf(other), now);
        }
    }

    /// <summary>In an emergency: granted at once, and to be confirmed. Approvers are asked next, whoever can be found.</summary>
    private async Task<RequestStep> Take(AccessRequest request, ChatAccount? account, Identification.Proved filer, AccessCheck.Allowed allowed, DateTimeOffset now, CancellationToken ct)
    {
        switch (await emergencies.Check(filer.Person.Id, request.Target, allowed.Rule, ct))
        {
            case Reading<Refusal?>.Known { Value: { } why }:
                return RequestStep.Refused(request, why, now);
            case Reading<Refusal?>.Known:
                var taken = ((Decision.Accepted)request.Open(filer.Person.Ref, request.Beneficiary!, allowed.Rule, allowed.Target.Privileges!, now)).Request;
                var confirmBy = ((RequestState.Pending)taken.State).LapsesAt;
                var step = new RequestStep(taken, new Changes
                {
                    Touched = RequestChanges.Touch(taken),
                    Matches = MatchOf(account, filer, now),
                    Audit = [RequestAudit.Taken(taken, confirmBy, now)],
                });
                return await want.Run(step, new GrantBasis.BreakGlass(confirmBy), allowed.Rule, now, ct);
            case var other:
                return Waits(request, AccessChecks.DoubtOf(other), now);
        }
    }

    /// <param name="account">Null: it was not asked from chat, so nothing proves whose a chat account is.</param>
    private static IReadOnlyList<Match> MatchOf(ChatAccount? account, Identification.Proved filer, DateTimeOffset now) =>
        account is { } known ? [new Match(known, filer.Person.Ref, filer.Proof, now)] : [];

    private async Task<RequestStep> Ask(AccessRequest request, ChatAccount? account, Identification.Proved filer, AccessCheck.Allowed allowed, DateTimeOffset now, CancellationToken ct)
    {
        switch (await approvers.Run(request, allowed.Rule, stage: 0, escalated: false, allowed.Directory, ct))
        {
            case ApproverSearch.Nobody nobody:
                return RequestStep.Refused(request, nobody.Why, now);
            case ApproverSearch.Unknown unknown:
                return Waits(request, unknown.Why, now);
            case ApproverSearch.Found found:
                var opened = ((Decision.Accepted)request.Open(filer.Person.Ref, request.Beneficiary!, allowed.Rule, allowed.Target.Privileges!, now)).Request;
                if (request.Extends is not null && await extensions.Check(request, request.Beneficiary!.Id, allowed.Rule, ct) is ExtensionCheck.Fine { EndsAt: var end })
                    opened = opened.DecideBefore(end);
                var asked = AskApprovers.Ask(opened, found, now);
                return asked with
                {
                    Changes = asked.Changes with
                    {
                        Matches = MatchOf(account, filer, now),
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
