using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Grants;

/// <summary>
/// Ends grants. Only the last one of a tenure takes anything away, and only what we gave: never what was held before,
/// and never what somebody else gave again meanwhile. A removal is tried for ever.
/// </summary>
public sealed class EndGrant(IDirectory directory, AccessChecks checks, Disappearances disappearances, IRequests requests, SessionEnds sessions, TimeProvider time)
{
    /// <summary>Longer than a call goes on in the directory after nobody waits for its answer any more.</summary>
    internal static readonly TimeSpan Settle = TimeSpan.FromMinutes(1);

    /// <summary>From here on it counts as over for everybody else, whatever the directory says.</summary>
    /// <param name="by">Who ended it; null: nobody in particular.</param>
    internal static EntitlementStep Begin(Entitlement entitlement, Grant grant, EndReason why, DateTimeOffset now, PersonRef? by = null)
    {
        var since = grant.State switch
        {
            GrantState.Active active => active.Since,
            GrantState.Started started => started.Since,
            _ => null,
        };
        var ending = grant with { State = new GrantState.Ending(why, since, grant.EndsAt < now ? grant.EndsAt.Value : now), RemindAt = null, CheckAt = null };
        var retry = why == EndReason.NeverConfirmed ? entitlement.Retry is { } last ? last with { NotBefore = now } : null : null;
        var row = GrantAudit.Row(AuditKind.GrantEnding, entitlement, grant, now, ("why", Sentences.For(why)), ("why-code", why.ToString()), ("by", by?.Id.Value));
        if (by is not null)
            row = row with { Personal = new Dictionary<string, string>(row.Personal) { ["by"] = by.Name } };
        return EntitlementStep.Of(entitlement.With(ending) with { Retry = retry }, ending, row);
    }

    internal async Task<EntitlementStep> Run(Entitlement entitlement, Grant grant, DateTimeOffset now, CancellationToken ct)
    {
        var realm = await checks.ReadRealm(ct);
        if (realm is not Reading<DirectoryIdentity>.Known { Value: var identity })
            return Waits(entitlement, grant, AccessChecks.DoubtOf(realm));

        switch (await directory.Holds(entitlement.Person.Id, entitlement.Target, ct))
        {
            case Reading<bool>.Unknown unknown:
                return Waits(entitlement, grant, unknown.Why);
            case Reading<bool>.Absent:
                return await IsGone(entitlement, grant, identity, ct);
            case Reading<bool>.Known when entitlement.IsNeededBesides(grant):
                return await Finish(entitlement, EndOutcome.KeptForOtherGrant, identity, [], ct);
            case Reading<bool>.Known { Value: false }:
                return await NotHeld(entitlement, grant, entitlement.Tenure?.RemovalSentAt is null ? EndOutcome.AlreadyGone : EndOutcome.Removed, identity, ct);
            case Reading<bool>.Known when entitlement.Tenure is { HeldBefore: false, SentAt: { } sentAt } tenure:
                return await TakeAway(entitlement, grant, tenure, sentAt, identity, now, ct);
            default:
                return await Finish(entitlement, EndOutcome.KeptHeldBefore, identity, [], ct);
        }
    }

    private async Task<EntitlementStep> IsGone(Entitlement entitlement, Grant grant, DirectoryIdentity identity, CancellationToken ct) =>
        await disappearances.Doubts(entitlement, ct) is { } doubt
            ? Waits(entitlement, grant, doubt)
            : await Finish(entitlement, EndOutcome.AlreadyGone, identity, [], ct);

    /// <summary>It ends, unless something of ours may still be on its way: then it is looked at again when that has settled.</summary>
    private async Task<EntitlementStep> NotHeld(Entitlement entitlement, Grant grant, EndOutcome outcome, DirectoryIdentity identity, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (MayStillArrive(entitlement) is not { } settled || settled <= now)
            return await FinishRemoved(entitlement, grant, outcome, identity, ct);
        return new EntitlementStep(entitlement with { Retry = (entitlement.Retry ?? new Retry(1, settled, Doubt.NotConfirmed, now)) with { NotBefore = settled } }, new Changes());
    }

    /// <summary>Until when a change that was sent and never confirmed may still take effect; null: each was confirmed, or none was sent.</summary>
    private static DateTimeOffset? MayStillArrive(Entitlement entitlement) => entitlement.Tenure?.SentAt is null
        ? null
        : entitlement.Grants.Select(grant => grant.State).OfType<GrantState.Ending>().Where(ending => ending.Since is null).Max(ending => (DateTimeOffset?)(ending.EndedAt + Settle));

    private async Task<EntitlementStep> TakeAway(Entitlement entitlement, Grant grant, Tenure tenure, DateTimeOffset sentAt, DirectoryIdentity identity, DateTimeOffset now, CancellationToken ct)
    {
        switch (await WasAddedOutside(entitlement, sentAt, ct))
        {
            case Reading<bool>.Known { Value: true }:
                return await Finish(entitlement, EndOutcome.KeptAddedOutside, identity, [], ct);
            case Reading<bool>.Unknown unknown:
                return Waits(entitlement, grant, unknown.Why);
        }

        if (tenure.RemovalSentAt is not null)
            return await Remove(entitlement, grant, identity, ct);

        var begun = entitlement with { Tenure = tenure with { RemovalSentAt = now } };
        return EntitlementStep.Of(begun, grant, GrantAudit.Row(AuditKind.RemovalStarted, entitlement, grant, now)) with
        {
            Rest = token => Remove(begun, grant, identity, token),
        };
    }

    private async Task<EntitlementStep> Remove(Entitlement entitlement, Grant grant, DirectoryIdentity identity, CancellationToken ct)
    {
        var doubt = await directory.Remove(entitlement.Person.Id, entitlement.Target, ct) switch
        {
            DirectoryChange.Rejected rejected => rejected.Why,
            DirectoryChange.Uncertain uncertain => uncertain.Why,
            _ => Doubt.NotConfirmed,
        };
        return await directory.Holds(entitlement.Person.Id, entitlement.Target, ct) switch
        {
            Reading<bool>.Known { Value: false } => await NotHeld(entitlement, grant, EndOutcome.Removed, identity, ct),
            Reading<bool>.Absent => await IsGone(entitlement, grant, identity, ct),
            Reading<bool>.Unknown unknown => Waits(entitlement, grant, unknown.Why),
            _ => Waits(entitlement, grant, doubt),
        };
    }

    /// <summary>
    /// What the newest admin event says was given by others after us is theirs. Who did it will be readable again; without the
    /// right to read events it never is, and our own record decides.
    /// </summary>
    private async Task<Reading<bool>> WasAddedOutside(Entitlement entitlement, DateTimeOffset sentAt, CancellationToken ct) =>
        await directory.ReadLastChange(entitlement.Person.Id, entitlement.Target, ct) switch
        {
            Reading<LastChange>.Known { Value: { Added: true, ByUs: false } change } => new Reading<bool>.Known(change.At + FollowDirectory.ClocksDiffer >= sentAt),
            Reading<LastChange>.Unknown { Why: not (Doubt.Forbidden or Doubt.Unreadable) } unknown => new Reading<bool>.Unknown(unknown.Why),
            _ => new Reading<bool>.Known(false),
        };

    private async Task<EntitlementStep> FinishRemoved(Entitlement entitlement, Grant grant, EndOutcome outcome, DirectoryIdentity identity, CancellationToken ct)
    {
        Doubt? stillIn = null;
        if (EndsSessions(entitlement, outcome))
        {
            switch (await directory.EndSessions(entitlement.Person.Id, ct))
            {
                // The access itself is gone; this is tried again like any other step.
                case DirectoryChange.Uncertain uncertain:
                    return Waits(entitlement, grant, uncertain.Why);
                case DirectoryChange.Rejected rejected:
                    stillIn = rejected.Why;
                    break;
            }
        }

        var residual = await directory.ReadResidualPaths(entitlement.Person.Id, entitlement.Target, ct) switch
        {
            Reading<IReadOnlyList<string>>.Known known => known.Value,
            Reading<IReadOnlyList<string>>.Absent => [],
            _ => null,
        };
        return await Finish(entitlement, outcome, identity, residual, ct, EndsSessions(entitlement, outcome) ? stillIn is { } why ? $"Sessions were not ended: {Sentences.For(why)}" : "Sessions were ended." : null);
    }

    /// <summary>Where access is taken from somebody, not where its time is over or it was given back.</summary>
    private bool EndsSessions(Entitlement entitlement, EndOutcome outcome) => sessions.EndOnRevoke && outcome == EndOutcome.Removed
        && entitlement.Grants.Any(grant => grant.State is GrantState.Ending { Why: not (EndReason.Expired or EndReason.GivenBack or EndReason.NeverConfirmed or EndReason.NotGivenAgain) });

    /// <param name="sessionsEnded">What became of the person's sessions, as a sentence; null: they were left alone.</param>
    private async Task<EntitlementStep> Finish(
        Entitlement entitlement, EndOutcome outcome, DirectoryIdentity identity, IReadOnlyList<string>? residual, CancellationToken ct, string? sessionsEnded = null)
    {
        var now = time.GetUtcNow();
        var finished = entitlement.Finish(outcome, residual, now);
        var step = new EntitlementStep(finished, new Changes());
        foreach (var over in finished.Grants.Where(grant => grant.State.IsOver))
        {
            var request = (await requests.Load(over.Request, ct))?.Value;
            step = step with
            {
                Changes = step.Changes with
                {
                    Touched = [.. step.Changes.Touched, new CardTouch(Subject.Of(over.Request))],
                    Audit = [.. step.Changes.Audit, Row(finished, over, outcome, identity, residual, sessionsEnded, now)],
                },
            };
            step = over.State switch
            {
                GrantState.Ended ended => step.Telling(request, $"ended:{over.Id}", GrantMessages.Ended(finished, ended)),
                GrantState.Failed failed => step.Telling(request, $"failed:{over.Id}", GrantMessages.Failed(finished, failed)),
                _ => step,
            };
        }

        return step;
    }

    private static AuditEntry Row(Entitlement entitlement, Grant over, EndOutcome outcome, DirectoryIdentity identity, IReadOnlyList<string>? residual, string? sessionsEnded, DateTimeOffset now) => over.State switch
    {
        GrantState.Failed failed => GrantAudit.Row(AuditKind.GrantFailed, entitlement, over, now, ("why", Sentences.For(failed.Why)), ("why-code", failed.Why.Code), ("outcome", Sentences.For(outcome)), ("outcome-code", outcome.ToString())),
        _ => GrantAudit.Row(
            AuditKind.GrantEnded, entitlement, over, now,
            ("outcome", Sentences.For(outcome)),
            ("outcome-code", outcome.ToString()),
            ("why-code", (over.State as GrantState.Ended)?.Why.ToString()),
            ("tokens", outcome == EndOutcome.Removed ? $"Tokens issued before work for at most {Sentences.Span(identity.TokenLifetime)} more." : null),
            ("sessions", sessionsEnded),
            ("residual", residual is null ? "?" : string.Join(", ", residual))),
    };

    private EntitlementStep Waits(Entitlement entitlement, Grant grant, Doubt why) =>
        EntitlementStep.HeldUp(entitlement, grant, "taking away", why, time.GetUtcNow());
}
