using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Grants;

/// <summary>
/// Makes a grant, in steps that are each saved before the next begins:
/// what was held before, the change about to be sent (with its end), the change itself, the read-back.
/// </summary>
public sealed class ProvisionGrant(IDirectory directory, AccessChecks checks, Exclusions exclusions, Emergencies emergencies, Disappearances disappearances, IRequests requests, IIds ids, TimeProvider time)
{
    internal async Task<EntitlementStep> Run(Entitlement entitlement, Grant grant, DateTimeOffset now, CancellationToken ct)
    {
        switch (await checks.Check(entitlement.Person.Id, entitlement.Target, ct))
        {
            case AccessCheck.Refused { Why: Refusal.PersonGone or Refusal.TargetGone } when await disappearances.Doubts(entitlement, ct) is { } doubt:
                return await Waits(entitlement, grant, doubt, now, ct);
            case AccessCheck.Refused refused:
                return await NotAllowed(entitlement, grant, refused.Why, now, ct);
            case AccessCheck.Unknown unknown:
                return await Waits(entitlement, grant, unknown.Why, now, ct);
            case AccessCheck.Allowed when OutOfTime(grant, now):
                return await Waits(entitlement, grant, entitlement.Retry?.Why ?? Doubt.Away, now, ct);
            case AccessCheck.Allowed allowed when grant.State is not GrantState.Started { Since: not null } && await CheckBasis(entitlement, grant, allowed.Rule, ct) is var basis && basis is not Reading<Refusal?>.Known { Value: null }:
                return basis is Reading<Refusal?>.Known { Value: { } why }
                    ? await NotAllowed(entitlement, grant, why, now, ct)
                    : await Waits(entitlement, grant, AccessChecks.DoubtOf(basis), now, ct);
            case AccessCheck.Allowed allowed:
                // What is given again keeps the end that it had.
                if (grant.State is not GrantState.Started { Since: not null })
                    grant = grant with { Length = allowed.Rule.Limit(grant.Length) };
                return entitlement.Tenure?.SentAt is null && grant.State is not GrantState.Started
                    ? await Prepare(entitlement, grant, allowed, now, ct)
                    : await SendAgain(entitlement, grant, allowed, now, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Known and null: what nobody decided on may still be had like that, by the rule as it is now.</summary>
    private async Task<Reading<Refusal?>> CheckBasis(Entitlement entitlement, Grant grant, AccessRule rule, CancellationToken ct) => grant.Basis switch
    {
        GrantBasis.Rule => (await checks.IsInAny(entitlement.Person.Id, rule.AutoApprove, ct)).Select(Refusal? (may) => may ? null : new Refusal.NoLongerByRule()),
        // Once it is confirmed, people have decided.
        GrantBasis.BreakGlass when (await requests.Load(grant.Request, ct))?.Value.State is not RequestState.Approved => await emergencies.Check(entitlement.Person.Id, entitlement.Target, rule, ct),
        _ => new Reading<Refusal?>.Known(null),
    };

    /// <summary>Saves what was held before, and then that the change may be on its way, with its end.</summary>
    private async Task<EntitlementStep> Prepare(Entitlement entitlement, Grant grant, AccessCheck.Allowed allowed, DateTimeOffset now, CancellationToken ct)
    {
        switch (await ReadHeldBefore(entitlement, ct))
        {
            case Reading<bool>.Known { Value: var heldBefore } when entitlement.Tenure is null || entitlement.Tenure.HeldBefore != heldBefore:
                var tenure = new Tenure { Id = entitlement.Tenure?.Id ?? ids.Next(), OpenedAt = entitlement.Tenure?.OpenedAt ?? now, HeldBefore = heldBefore };
                var opened = GrantAudit.Row(AuditKind.TenureOpened, entitlement, grant, now, ("held-before", heldBefore ? "true" : "false"), ("tenure", tenure.Id.ToString("N")));
                var prepared = entitlement.With(grant) with { Tenure = tenure };
                return EntitlementStep.Of(prepared, grant, opened) with { Rest = _ => Task.FromResult(Start(prepared, grant, allowed, now)) };
            case Reading<bool>.Known:
                return Start(entitlement, grant, allowed, now);
            case var other:
                return await Waits(entitlement, grant, AccessChecks.DoubtOf(other), now, ct);
        }
    }

    /// <param name="checkedAt">Before anything was read that the grant rests on.</param>
    private EntitlementStep Start(Entitlement entitlement, Grant grant, AccessCheck.Allowed allowed, DateTimeOffset checkedAt)
    {
        var now = time.GetUtcNow();
        var end = grant.EndFrom(now);
        var started = grant with { State = new GrantState.Started(now, StartBy(grant), end) };
        // What others give from the first reading on is theirs: it was not there before, and we may have sent nothing yet.
        var tenure = entitlement.Tenure! with { SentAt = entitlement.Tenure.HeldBefore ? null : entitlement.Tenure.SentAt ?? checkedAt, RemovalSentAt = null };
        var begun = entitlement.With(started) with { Tenure = tenure };
        var row = GrantAudit.Row(AuditKind.GrantStarted, entitlement, grant, now, ("until", GrantAudit.Instant(end)), ("held-before", tenure.HeldBefore ? "true" : "false"));
        var isFirst = entitlement.Tenure.SentAt is null;
        return EntitlementStep.Of(begun, grant, row) with { Rest = ct => Send(begun, started, allowed, isFirst, checkedAt, ct) };
    }

    /// <summary>After this process or another one may have sent the change already, for this grant or for another one of the pair.</summary>
    private async Task<EntitlementStep> SendAgain(Entitlement entitlement, Grant grant, AccessCheck.Allowed allowed, DateTimeOffset checkedAt, CancellationToken ct)
    {
        // This grant still stores its own end before anything else.
        if (grant.State is not GrantState.Started)
            return Start(entitlement, grant, allowed, checkedAt);
        return await Send(entitlement, grant, allowed, isFirst: false, checkedAt, ct);
    }

    /// <param name="isFirst">Nothing of this tenure was sent before, so nothing is held.</param>
    private async Task<EntitlementStep> Send(Entitlement entitlement, Grant grant, AccessCheck.Allowed allowed, bool isFirst, DateTimeOffset checkedAt, CancellationToken ct)
    {
        if (await exclusions.AmongGrants(entitlement, grant, allowed.Target, allowed.Rule, ct) is not null)
            return EndGrant.Begin(entitlement, grant, EndReason.NoLongerAllowed, time.GetUtcNow());

        // What is held is not given once more: that would hide who gave it last.
        switch (isFirst ? null : await directory.Holds(entitlement.Person.Id, entitlement.Target, ct))
        {
            case Reading<bool>.Known { Value: true }:
                return await Confirm(entitlement, grant, allowed, checkedAt, time.GetUtcNow(), ct);
            case Reading<bool>.Unknown unseen:
                return await Waits(entitlement, grant, unseen.Why, time.GetUtcNow(), ct);
        }

        var doubt = Doubt.NotConfirmed;
        var again = grant.State is GrantState.Started { Since: not null };
        // What was held before is given by us only where we took it away ourselves.
        if (entitlement.Tenure is { HeldBefore: false } || again)
        {
            doubt = await directory.Assign(entitlement.Person.Id, entitlement.Target, ct) switch
            {
                DirectoryChange.Rejected rejected => rejected.Why,
                DirectoryChange.Uncertain uncertain => uncertain.Why,
                _ => doubt,
            };
        }

        var read = await directory.Holds(entitlement.Person.Id, entitlement.Target, ct);
        var now = time.GetUtcNow();
        return read switch
        {
            Reading<bool>.Known { Value: true } => await Confirm(entitlement, grant, allowed, checkedAt, now, ct),
            // Held before, and gone since we looked: it was somebody else's to take. We look again and give it ourselves.
            Reading<bool>.Known when entitlement.Tenure is { HeldBefore: true } && !again => EntitlementStep.Of(
                entitlement.With(grant with { State = new GrantState.Waiting(StartBy(grant)) }) with { Tenure = null }, grant),
            Reading<bool>.Unknown unknown => await Waits(entitlement, grant, unknown.Why, now, ct),
            _ => await Waits(entitlement, grant, doubt, now, ct),
        };
    }

    /// <param name="checkedAt">Before anything was read that the grant rests on.</param>
    private async Task<EntitlementStep> Confirm(Entitlement entitlement, Grant grant, AccessCheck.Allowed allowed, DateTimeOffset checkedAt, DateTimeOffset now, CancellationToken ct)
    {
        if (grant.State is GrantState.Started { Since: { } since } started)
        {
            var restored = (grant with { State = new GrantState.Active(since, started.EndsAt) }).Checked(checkedAt);
            var held = entitlement.With(restored) with { Retry = null, Person = allowed.Person.Ref, TargetName = allowed.Target.Name };
            return EntitlementStep.Of(held, restored, GrantAudit.Row(AuditKind.GrantRestored, held, restored, now, ("until", GrantAudit.Instant(started.EndsAt))));
        }

        var end = grant.EndFrom(now);
        var active = (grant with { State = new GrantState.Active(now, end), RemindAt = Reminders.Next(now, end, now) }).Checked(checkedAt);
        var confirmed = entitlement.With(active) with { Retry = null, Person = allowed.Person.Ref, TargetName = allowed.Target.Name };
        return EntitlementStep.Of(confirmed, active, GrantAudit.Row(AuditKind.GrantActive, confirmed, active, now, ("until", GrantAudit.Instant(end))))
            .Telling((await requests.Load(grant.Request, ct))?.Value, $"granted:{grant.Id}", GrantMessages.Granted(confirmed, active));
    }

    /// <summary>Held now, and not by our own doing.</summary>
    private async Task<Reading<bool>> ReadHeldBefore(Entitlement entitlement, CancellationToken ct)
    {
        var held = await directory.Holds(entitlement.Person.Id, entitlement.Target, ct);
        if (held is not Reading<bool>.Known { Value: true })
            return held;

        return await directory.ReadLastChange(entitlement.Person.Id, entitlement.Target, ct) switch
        {
            Reading<LastChange>.Known { Value: { Added: true, ByUs: true } } => new Reading<bool>.Known(false),
            // Without the right to read events we cannot know it ours, so it counts as held before: nothing is taken away that we may not have given.
            Reading<LastChange>.Unknown { Why: not Doubt.Forbidden } unknown => new Reading<bool>.Unknown(unknown.Why),
            _ => new Reading<bool>.Known(true),
        };
    }

    private async Task<EntitlementStep> NotAllowed(Entitlement entitlement, Grant grant, Refusal why, DateTimeOffset now, CancellationToken ct) => grant.State is GrantState.Started
        ? EndGrant.Begin(entitlement, grant, EndReasonFor(why), now)
        : await Fail(entitlement, grant, new GrantFailure.NotAllowed(why), now, ct);

    private async Task<EntitlementStep> Waits(Entitlement entitlement, Grant grant, Doubt why, DateTimeOffset now, CancellationToken ct)
    {
        if (!OutOfTime(grant, now))
            return EntitlementStep.HeldUp(entitlement, grant, "giving", why, now);
        return grant.State is GrantState.Started
            ? EndGrant.Begin(entitlement.TryLater(why, now), grant, grant.State is GrantState.Started { Since: not null } ? EndReason.NotGivenAgain : EndReason.NeverConfirmed, now)
            : await Fail(entitlement, grant, new GrantFailure.OutOfTime(why), now, ct);
    }

    private async Task<EntitlementStep> Fail(Entitlement entitlement, Grant grant, GrantFailure why, DateTimeOffset now, CancellationToken ct)
    {
        var failed = new GrantState.Failed(why, now);
        var after = entitlement.With(grant with { State = failed }) with { Retry = null };
        if (!after.Grants.Any(g => g.State.IsLive || g.State is GrantState.Ending))
            after = after with { Tenure = null };
        return EntitlementStep.Of(after, grant, GrantAudit.Row(AuditKind.GrantFailed, entitlement, grant, now, ("why", Sentences.For(why)), ("why-code", why.Code)))
            .Telling((await requests.Load(grant.Request, ct))?.Value, $"failed:{grant.Id}", GrantMessages.Failed(entitlement, failed));
    }

    private static bool OutOfTime(Grant grant, DateTimeOffset now) => now >= StartBy(grant) || (grant.Length is AccessLength.Window window && now >= window.To);

    private static DateTimeOffset StartBy(Grant grant) => grant.State switch
    {
        GrantState.Waiting waiting => waiting.StartBy,
        GrantState.Started started => started.StartBy,
        _ => throw new InvalidOperationException("Only a grant that is not confirmed has a time to start by."),
    };

    private static EndReason EndReasonFor(Refusal why) => why switch
    {
        Refusal.PersonGone => EndReason.PersonGone,
        Refusal.PersonDisabled => EndReason.PersonDisabled,
        Refusal.TargetGone => EndReason.TargetGone,
        Refusal.Administrative => EndReason.TargetAdministrative,
        _ => EndReason.NoLongerAllowed,
    };
}
