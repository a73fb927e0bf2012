using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>
/// Finds out who decides in the present stage, and asks those who were not asked yet: when a stage begins, when a decision
/// does not come, and when what the request rests on may have changed. A request that can no longer be granted, or a stage that
/// cannot reach its quorum, is refused with the reason.
/// </summary>
public sealed class AskApprovers(AccessChecks checks, FindApprovers approvers)
{
    internal async Task<RequestStep> Run(AccessRequest request, DateTimeOffset now, CancellationToken ct)
    {
        switch (await checks.Check(request.Beneficiary!.Id, request.Target, ct))
        {
            case AccessCheck.Refused refused:
                return RequestStep.Refused(request, refused.Why, now);
            case AccessCheck.Unknown unknown:
                return RequestStep.HeldUp(request, unknown.Why, ((RequestState.Pending)request.State).Since, now);
            case AccessCheck.Allowed allowed:
                return await Run(request.Tighten(allowed.Rule), allowed.Directory, now, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Asks those who were found; nobody is asked twice.</summary>
    internal static RequestStep Ask(AccessRequest request, ApproverSearch.Found found, DateTimeOffset now)
    {
        var before = (RequestState.Pending)request.State;
        var asked = request.Ask(found.Approvers, found.Escalated, now);
        var added = found.Accounts.Except(request.Approvers.Accounts).ToList();
        List<AuditEntry> audit = [];
        if (before.Stage > 0 && request.Approvers.Asked.Count == 0)
            audit.Add(RequestAudit.StageBegun(asked, before.Stage, now));
        if (found.Escalated && before.EscalatedAt is null)
            audit.Add(RequestAudit.Escalated(asked, now));
        audit.AddRange(found.Unreachable.Where(person => !request.Approvers.People.Contains(person.Id)).Select(person => RequestAudit.Unreachable(asked, person, now)));
        return new RequestStep(asked, new Changes
        {
            Cards = added.Count == 0 ? [] : RequestChanges.DecideCards(asked, added),
            // A card that changes calls nobody: who decides next is said below it.
            Notes = asked.Channel is { } channel && added.Count > 0 && (before.Stage > 0 || before.AskedAt is not null) ? [Below(asked, channel, before, now)] : [],
            Touched = [.. RequestChanges.Touch(asked), .. added.Concat(request.Approvers.Accounts.Except(found.Accounts)).Select(account => new CardTouch(Subject.Of(account)))],
            Audit = audit,
        });
    }

    /// <param name="before">As it stood before these were asked.</param>
    private static Note Below(AccessRequest asked, ChatChannel channel, RequestState.Pending before, DateTimeOffset now) => new()
    {
        Key = $"asked:{asked.Id}:{now.UtcTicks}",
        Subject = Subject.Of(asked.Id),
        Audience = new Audience.Channel(channel),
        Thread = RequestChanges.ChannelCard(asked, channel),
        Message = new ChatMessage
        {
            Title = before is { Stage: > 0, AskedAt: null } ? $"Stage {before.Stage + 1} of {asked.Rule!.Stages.Count} begins" : "Who decides has changed",
            Lines = [$"Asked now: {Sentences.List(asked.Approvers.Asked, 8)}."],
        },
    };

    private async Task<RequestStep> Run(AccessRequest request, DirectoryIdentity identity, DateTimeOffset now, CancellationToken ct)
    {
        var pending = (RequestState.Pending)request.State;
        var escalated = pending.EscalatedAt is not null || now >= request.EscalatesAt;
        return await approvers.Run(request, request.Rule!, pending.Stage, escalated, identity, ct) switch
        {
            ApproverSearch.Found found => Ask(request, found, now),
            // What was taken in an emergency stays until its time is over: nobody being there to confirm it is no denial.
            ApproverSearch.Nobody when request.Emergency => new RequestStep(request.Ask(Approvers.None, escalated, now), new Changes { Touched = RequestChanges.Touch(request) }),
            ApproverSearch.Nobody nobody => RequestStep.Refused(request, nobody.Why, now),
            ApproverSearch.Unknown unknown => RequestStep.HeldUp(request, unknown.Why, pending.Since, now),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
