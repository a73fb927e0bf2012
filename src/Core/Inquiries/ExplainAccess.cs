using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Inquiries;

/// <summary>Goes through a request as it would be taken up, by the same checks, without making one.</summary>
public sealed class ExplainAccess(IDirectory directory, AccessChecks checks, FindApprovers approvers, Emergencies emergencies, IRequests requests, TimeProvider time)
{
    public async Task<Explanation> Run(Person person, NamedTarget target, CancellationToken ct)
    {
        var (name, outcome) = await Outcome(person, target, ct);
        return new Explanation(person.Ref, name, outcome)
        {
            HoldsItNow = await directory.Holds(person.Id, target.Target, ct) is Reading<bool>.Known known ? known.Value : null,
        };
    }

    private async Task<(string Name, ExplainedOutcome Outcome)> Outcome(Person person, NamedTarget target, CancellationToken ct)
    {
        if (await requests.FindOpen(person.Id, target.Target, ct) is { } open)
            return (target.Name, new ExplainedOutcome.Refused(new Refusal.AlreadyOpen(open)));

        return await checks.Check(person.Id, target.Target, ct) switch
        {
            AccessCheck.Refused refused => (target.Name, new ExplainedOutcome.Refused(refused.Why)),
            AccessCheck.Unknown unknown => (target.Name, new ExplainedOutcome.Unknown(unknown.Why)),
            AccessCheck.Allowed allowed => (allowed.Target.Name, await Offered(allowed, ct)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<ExplainedOutcome> Offered(AccessCheck.Allowed allowed, CancellationToken ct)
    {
        var byRule = await checks.IsInAny(allowed.Person.Id, allowed.Rule.AutoApprove, ct);
        if (byRule is not Reading<bool>.Known { Value: var approved })
            return new ExplainedOutcome.Unknown(AccessChecks.DoubtOf(byRule));
        return new ExplainedOutcome.Offered(
            allowed.Rule,
            approved ? [] : await Stages(allowed, ct),
            allowed.Target.Privileges!.EffectiveRoles,
            allowed.Rule.BreakGlass.Count == 0 ? null : await emergencies.Check(allowed.Person.Id, allowed.Target.Id, allowed.Rule, ct));
    }

    private async Task<IReadOnlyList<ExplainedStage>> Stages(AccessCheck.Allowed allowed, CancellationToken ct)
    {
        // Never stored: what is asked of it is whose it would be.
        var asked = AccessRequest.Receive(
            default, new Filing(null, allowed.Person.Ref), allowed.Target.Id, allowed.Target.Name,
            new AccessLength.For(allowed.Rule.DefaultDuration), "", null, time.GetUtcNow()) with
        {
            Beneficiary = allowed.Person.Ref,
            Rule = allowed.Rule,
        };
        var stages = new List<ExplainedStage>();
        for (var stage = 0; stage < allowed.Rule.Stages.Count; stage++)
            stages.Add(new ExplainedStage(allowed.Rule.Stages[stage], await approvers.Run(asked, allowed.Rule, stage, escalated: false, allowed.Directory, ct)));
        return stages;
    }
}
