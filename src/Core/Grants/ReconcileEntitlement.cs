using System.Globalization;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Grants;

/// <summary>
/// Compares what an entitlement should be with what the directory says, and acts on the difference, one saved step after
/// another. A crash between any two of them is taken up at the next claim.
/// </summary>
public sealed class ReconcileEntitlement(
    IEntitlements entitlements, IRequests requests, IMatches matches, ProvisionGrant provision, EndGrant end, CheckGrant check, ICommits commits, TimeProvider time)
{
    public async Task Run(Lease lease, CancellationToken ct)
    {
        var id = new EntitlementId(Guid.Parse(lease.Id));
        var conflicts = 0;
        while (await entitlements.Load(id, ct) is { } loaded)
        {
            var now = time.GetUtcNow();
            var next = loaded.Value.Next(now);
            if (await Begin(next, loaded.Value, now, ct) is not { } step)
            {
                await commits.Commit(new Changes { Under = lease, Release = new Release.Done() }, ct);
                return;
            }

            // Many ends may come due at once: all are begun before the directory is asked about the first.
            var turn = next is Step.BeginEnd ? new Release.Later(now) : WhenDone(step);
            var saved = await Save(step, loaded, turn, lease, ct);
            for (var version = loaded.Version; saved == CommitResult.Saved && step.Rest is { } rest;)
            {
                loaded = new Versioned<Entitlement>(step.Entitlement, ++version);
                step = await rest(ct);
                turn = WhenDone(step);
                saved = await Save(step, loaded, turn, lease, ct);
            }

            if (saved == CommitResult.LeaseLost || (saved == CommitResult.Saved && turn is not null))
                return;
            if (saved == CommitResult.Conflict && ++conflicts == Conflicts.AtMost)
            {
                await commits.Commit(Conflicts.BackToTheQueue(lease, now), ct);
                return;
            }
        }
    }

    /// <summary>After the last step the turn ends with it, in the same commit; null: there is more to do.</summary>
    private Release? WhenDone(EntitlementStep step) => step.Rest is null && step.Entitlement.Next(time.GetUtcNow()) is Step.Idle ? new Release.Done() : null;

    /// <summary>Null: there is nothing to do now.</summary>
    private async Task<EntitlementStep?> Begin(Step next, Entitlement entitlement, DateTimeOffset now, CancellationToken ct) => next switch
    {
        Step.BeginEnd begin => EndGrant.Begin(entitlement, begin.Grant, begin.Grant.State is GrantState.Active or GrantState.Started { Since: not null } ? EndReason.Expired : EndReason.NeverConfirmed, now),
        Step.Remind remind => await Remind(entitlement, remind.Grant, now, ct),
        Step.Provision wanted => await provision.Run(entitlement, wanted.Grant, now, ct),
        Step.FinishEnd ending => await end.Run(entitlement, ending.Grant, now, ct),
        Step.Check stale => await check.Run(entitlement, stale.Grant, now, ct),
        Step.Idle => null,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private async Task<CommitResult> Save(EntitlementStep step, Versioned<Entitlement> before, Release? turn, Lease lease, CancellationToken ct)
    {
        var touched = await Touched(before.Value, step, ct);
        return await commits.Commit(
            step.Changes with { Touched = touched, Under = lease, Release = turn, Entitlement = new Versioned<Entitlement>(step.Entitlement, before.Version) }, ct);
    }

    /// <summary>What keeps one grant waiting is shown with every grant of the pair; the holder's page shows what the cards show.</summary>
    private async Task<IReadOnlyList<CardTouch>> Touched(Entitlement before, EntitlementStep step, CancellationToken ct)
    {
        var touched = step.Changes.Touched;
        if (before.Retry?.Why != step.Entitlement.Retry?.Why)
            touched = [.. touched, .. step.Entitlement.Grants.Select(grant => Subject.Of(grant.Request)).Except(touched.Select(touch => touch.Subject)).Select(subject => new CardTouch(subject))];
        return touched.Count == 0
            ? touched
            : [.. touched, .. (await matches.Of(before.Person.Id, ct)).Select(match => new CardTouch(Subject.Of(match.Account)))];
    }

    private async Task<EntitlementStep> Remind(Entitlement entitlement, Grant grant, DateTimeOffset now, CancellationToken ct)
    {
        var active = (GrantState.Active)grant.State;
        var reminded = grant with { RemindAt = Reminders.Next(active.Since, active.EndsAt, now) };
        var request = await requests.Load(grant.Request, ct);
        var key = string.Create(CultureInfo.InvariantCulture, $"reminder:{grant.Id}:{active.EndsAt?.UtcTicks}:{grant.RemindAt?.UtcTicks}");
        return EntitlementStep.Of(entitlement.With(reminded), grant, GrantAudit.Row(AuditKind.GrantReminded, entitlement, grant, now))
            .Telling(request?.Value, key, GrantMessages.Reminder(entitlement, grant, now));
    }
}
