using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>
/// Counts one cast vote: everything it rests on is read fresh, and the stricter of the frozen and the current rule applies.
/// The vote that completes the last stage makes the grant wanted, in the same transaction.
/// </summary>
public sealed class CountVote(Actors actors, AccessChecks checks, Own own, WantGrant want, Extensions extensions, IEnumerable<IChatPlatform> platforms, IIds ids)
{
    internal async Task<RequestStep> Run(AccessRequest request, Vote vote, DateTimeOffset now, CancellationToken ct)
    {
        var beneficiary = request.Beneficiary ?? throw new InvalidOperationException("A pending request has a beneficiary.");
        // Read at once, and judged in order.
        var (checking, identifying) = (checks.Check(beneficiary.Id, request.Target, ct), actors.Identify(vote.Caster, ct));
        await Task.WhenAll(checking, identifying);
        switch (await checking)
        {
            case AccessCheck.Refused refused:
                return RequestStep.Refused(request, refused.Why, now);
            case AccessCheck.Unknown unknown:
                return Wait(request, vote, unknown.Why, now);
            case AccessCheck.Allowed allowed when Submission.Of(request).Check(allowed.Rule).FirstOrDefault(found => found.Why is not Refusal.TooLong and not Refusal.EndRequired) is { Why: { } wrong }:
                return RequestStep.Refused(request, wrong, now);
            case AccessCheck.Allowed allowed:
                return await StillEligible(request.Tighten(allowed.Rule), vote, allowed, await identifying, now, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>By the rule as it was at the request; the current one was looked at with the rest.</summary>
    private async Task<RequestStep> StillEligible(AccessRequest request, Vote vote, AccessCheck.Allowed allowed, Identification caster, DateTimeOffset now, CancellationToken ct)
    {
        return await checks.CheckEarlier(allowed.Person.Id, request.Rule!, allowed.Rule, ct) switch
        {
            Reading<Refusal?>.Known { Value: { } why } => RequestStep.Refused(request, why, now),
            Reading<Refusal?>.Unknown unknown => Wait(request, vote, unknown.Why, now),
            _ => await Judge(request, vote, allowed, caster, now, ct),
        };
    }

    private async Task<RequestStep> Judge(AccessRequest request, Vote vote, AccessCheck.Allowed allowed, Identification caster, DateTimeOffset now, CancellationToken ct)
    {
        switch (caster)
        {
            case Identification.Refused refused:
                return Drop(request, vote, refused.Why, now);
            case Identification.Unknown unknown:
                return Wait(request, vote, unknown.Why, now);
            case Identification.Proved voter:
                var (deciding, owning) = (MayDecide(request, voter.Person, vote.Stage, allowed, ct), own.Includes(voter.Person, vote.Caster.From, request, ct));
                await Task.WhenAll(deciding, owning);
                if (await deciding is not Reading<bool>.Known may)
                    return Wait(request, vote, AccessChecks.DoubtOf(await deciding), now);
                if (await owning is not Reading<bool>.Known its)
                    return Wait(request, vote, AccessChecks.DoubtOf(await owning), now);
                return await Count(request, vote, new VoterFacts(voter.Person.Ref, voter.Proof, may.Value, its.Value), allowed, now, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>By the groups as they were at the request and as they are now, in a stage of either.</summary>
    private async Task<Reading<bool>> MayDecide(AccessRequest request, Person voter, int stage, AccessCheck.Allowed allowed, CancellationToken ct)
    {
        if (!voter.IsActiveHuman || voter.Id == allowed.Directory.Self)
            return new Reading<bool>.Known(false);

        var escalated = request.State is RequestState.Pending { EscalatedAt: not null } pending && pending.Stage == stage;
        IReadOnlyList<GroupRef> frozen = escalated ? [.. request.Rule!.Stages[stage].Groups, .. request.Rule.Escalation] : request.Rule!.Stages[stage].Groups;
        List<GroupRef> current = [.. allowed.Rule.Stages.SelectMany(s => s.Groups), .. escalated ? allowed.Rule.Escalation : []];
        var byFrozen = await checks.IsInAny(voter.Id, frozen, ct);
        if (byFrozen is not Reading<bool>.Known { Value: true } || frozen.All(group => current.Exists(c => c.Id == group.Id)))
            return byFrozen;
        return await checks.IsInAny(voter.Id, current, ct);
    }

    private async Task<RequestStep> Count(AccessRequest request, Vote vote, VoterFacts voter, AccessCheck.Allowed allowed, DateTimeOffset now, CancellationToken ct)
    {
        switch (request.Count(vote, voter, now))
        {
            case Decision.Refused refused:
                return Drop(request, vote, refused.Why, now);
            case Decision.Accepted when NeedsLogin(request, allowed) && vote.State is VoteState.Cast { By: var by } && by?.Person != voter.Person.Id:
                return by is null && vote.Caster.From is { } caster ? await AwaitLogin(request, vote, caster, now, ct) : Drop(request, vote, new Refusal.NotConfirmed(), now);
            case Decision.Accepted when request.IsCompletedBy(vote) && await CheckAgain(request, vote, allowed, now, ct) is { } instead:
                return instead;
            case Decision.Accepted { Request: var counted }:
                IReadOnlyList<Match> matches = vote.Caster.From is { } account ? [new Match(account, voter.Person, voter.Proof, now)] : [];
                var row = RequestAudit.Counted(counted, vote, voter.Person, voter.Proof, now);
                if (counted.State.IsOpen)
                    return new RequestStep(counted, new Changes { Touched = RequestChanges.Touch(counted), Matches = matches, Audit = [row] });

                var step = RequestStep.Ended(request, counted, now);
                step = step with { Changes = step.Changes with { Matches = matches, Audit = [row, .. step.Changes.Audit] } };
                return counted switch
                {
                    { State: RequestState.Approved, Extends: not null } => await extensions.Run(request, step, allowed.Rule, now, ct),
                    { State: RequestState.Approved { By: { } by }, Emergency: false } => await want.Run(step, new GrantBasis.Decision(by), allowed.Rule, now, ct),
                    _ => step,
                };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>By the rule as it was at the request, and as it is now.</summary>
    private static bool NeedsLogin(AccessRequest request, AccessCheck.Allowed allowed) => request.Rule!.Risk == Risk.High || allowed.Rule.Risk == Risk.High;

    /// <summary>Only whoever may decide is asked to log in.</summary>
    private async Task<RequestStep> AwaitLogin(AccessRequest request, Vote vote, ChatAccount caster, DateTimeOffset now, CancellationToken ct)
    {
        var platform = platforms.First(platform => platform.Platform == caster.Platform);
        if (await platform.ReadMember(caster, ct) is not Reading<ChatMember>.Known { Value: var member })
            return Wait(request, vote, Doubt.ChatAway, now);

        var waiting = request.AwaitLogin(vote, now) with { HeldUpBy = null };
        var login = Login.Offer(new LoginId(ids.Next()), member, new LoginPurpose.Confirm(request.Id, vote.Id), now) with { ExpiresAt = now + AccessRequest.ConfirmLimit };
        return new RequestStep(waiting, new Changes
        {
            Logins = [new Versioned<Login>(login, 0)],
            Touched = RequestChanges.Touch(waiting),
            Notes = [ConfirmMessages.Offer(request, vote, login)],
            Audit = [RequestAudit.AwaitsLogin(request, vote, now)],
        });
    }

    /// <summary>No login came in time.</summary>
    internal static RequestStep NotConfirmed(AccessRequest request, Vote vote, DateTimeOffset now) => WithoutVote(request, request.Drop(vote, new Refusal.NotConfirmed(), now), now);

    /// <summary>Everybody whose approval counts already must still be one who may decide. Null: all of them are.</summary>
    private async Task<RequestStep?> CheckAgain(AccessRequest request, Vote completing, AccessCheck.Allowed allowed, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var vote in request.Votes)
        {
            if (vote is not { Choice: Choice.Approve, State: VoteState.Counted counted })
                continue;

            switch (await StillMayDecide(request, vote, counted.By.Id, allowed, ct))
            {
                case Reading<bool>.Known { Value: true }:
                    break;
                case Reading<bool>.Unknown unknown:
                    return Wait(request, completing, unknown.Why, now);
                default:
                    return Uncounted(request, vote, now);
            }
        }

        return null;
    }

    private async Task<Reading<bool>> StillMayDecide(AccessRequest request, Vote vote, PersonId voter, AccessCheck.Allowed allowed, CancellationToken ct) =>
        await checks.CheckPerson(voter, allowed.Directory, ct) switch
        {
            PersonCheck.Fine fine => await MayDecide(request, fine.Person, vote.Stage, allowed, ct),
            PersonCheck.Unknown unknown => new Reading<bool>.Unknown(unknown.Why),
            _ => new Reading<bool>.Known(false),
        };

    /// <summary>The stage that the vote had helped to complete is open again, and somebody else is asked.</summary>
    private static RequestStep Uncounted(AccessRequest request, Vote vote, DateTimeOffset now) =>
        WithoutVote(request, request.Uncount(vote, new Refusal.NoLongerAnApprover(), now).AskAgain(), now);

    private static RequestStep Wait(AccessRequest request, Vote vote, Doubt why, DateTimeOffset now) =>
        now - vote.ReceivedAt >= AccessRequest.CheckLimit && MayNeverPass(why)
            ? Drop(request, vote, new Refusal.NotCheckedInTime(why, request.State is RequestState.Pending pending && now >= pending.LapsesAt), now)
            : RequestStep.HeldUp(request, why, vote.ReceivedAt, now);

    /// <summary>A directory that is out altogether comes back, and votes wait for it; what alone cannot be read may stay so.</summary>
    private static bool MayNeverPass(Doubt why) => why is not (Doubt.Away or Doubt.Unauthorized or Doubt.OtherRealm or Doubt.Frozen);

    private static RequestStep Drop(AccessRequest request, Vote vote, Refusal why, DateTimeOffset now)
    {
        var after = request.Drop(vote, why, now) with { HeldUpBy = null };
        return WithoutVote(request, after, now);
    }

    private static RequestStep WithoutVote(AccessRequest before, AccessRequest after, DateTimeOffset now)
    {
        var (notes, audit) = RequestChanges.Dropped(before, after, now);
        return new RequestStep(after, new Changes { Touched = RequestChanges.Touch(after), Notes = notes, Audit = audit });
    }
}
