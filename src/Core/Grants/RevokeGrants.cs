using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Grants;

/// <summary>
/// Takes grants away before their time: one, by the security team or by those who decide on such requests; all of a person's or of a
/// target's, by the security team alone. Who somebody is, is read afresh.
/// </summary>
public sealed class RevokeGrants(
    Staff staff, Actors actors, AccessChecks checks, FindPerson people, FindTarget targets,
    IEntitlements entitlements, IRequests requests, ICommits commits, TimeProvider time)
{
    public async Task<CommitResult> Run(Command.RevokeGrant command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        switch (await Judge(command.By, command.Request, ct))
        {
            case Judgement.Done done:
                return await commits.Commit(done.Changes with { Under = lease, Release = new Release.Done(), Touched = [.. done.Changes.Touched, new CardTouch(Subject.Of(command.By))] }, ct);
            case Judgement.Refused refused:
                return await Tell(command.By, refused.About is { } name ? $"{name}: nothing was revoked" : "Nothing was revoked", Sentences.For(refused.Why), delivery, lease, ct);
            case Judgement.NotNow waits:
                return await commits.Commit(PutOff.Changes(command.By, $"{waits.About}: revoking it has to wait", waits.Why, delivery, lease, time.GetUtcNow()), ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <param name="id">What the grant came of.</param>
    public async Task<Judgement> Judge(Actor by, RequestId id, CancellationToken ct)
    {
        if (await entitlements.FindOf(id, ct) is not { } found || await requests.Load(id, ct) is not { Value: var request })
            return new Judgement.Refused(new Refusal.UnknownRequest());

        return await MayRevoke(by, request, ct) switch
        {
            Admission.Refused refused => new Judgement.Refused(refused.Why, found.Value.TargetName),
            Admission.Unknown unknown => new Judgement.NotNow(unknown.Why, found.Value.TargetName),
            Admission.Granted granted => Revoked(found.Value, grant => grant.Request == id, granted.Person, time.GetUtcNow()) is { } step
                ? new Judgement.Done(step.Changes with { Entitlement = found with { Value = step.Entitlement } })
                : new Judgement.Refused(new Refusal.GrantOver(), found.Value.TargetName),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Each pair is saved by itself: what a crash leaves is taken up when the delivery is.</summary>
    public async Task<CommitResult> Run(Command.RevokeAll command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        switch (await staff.Admit(command.By, [Office.Security], ct))
        {
            case Admission.Refused refused:
                return await Tell(command.By, "Nothing was revoked", Sentences.For(refused.Why), delivery, lease, ct);
            case Admission.Unknown unknown:
                return await commits.Commit(PutOff.Changes(command.By, "Revoking has to wait", unknown.Why, delivery, lease, now), ct);
            case Admission.Granted by:
                return await RevokeAll(command, by.Person, delivery, lease, now, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<CommitResult> RevokeAll(Command.RevokeAll command, Person by, StoredDelivery delivery, Lease lease, DateTimeOffset now, CancellationToken ct)
    {
        var (person, target) = (await people.Run(command.PersonOrTarget, ct), await targets.Run(command.PersonOrTarget, beyondMarked: true, ct));
        switch (person, target)
        {
            case (Lookup<Person>.Unknown unknown, _):
                return await commits.Commit(PutOff.Changes(command.By, "Revoking has to wait", unknown.Why, delivery, lease, now), ct);
            case (_, Lookup<NamedTarget>.Unknown unknown):
                return await commits.Commit(PutOff.Changes(command.By, "Revoking has to wait", unknown.Why, delivery, lease, now), ct);
            case (Lookup<Person>.Found found, Lookup<NamedTarget>.NotFound):
                return await RevokeAll(command.By, by, $"of {found.Value.Name}", await entitlements.WithGrants(found.Value.Id, null, ct), delivery, lease, ct);
            case (Lookup<Person>.NotFound or Lookup<Person>.Refused, Lookup<NamedTarget>.Found found):
                return await RevokeAll(command.By, by, $"of {found.Value.Name}", await entitlements.WithGrants(null, found.Value.Target, ct), delivery, lease, ct);
            default:
                return await Tell(command.By, "Nothing was revoked", $"Not exactly one person, or one target, is called \"{command.PersonOrTarget}\". Write a username, or a target's whole name.", delivery, lease, ct);
        }
    }

    private async Task<CommitResult> RevokeAll(
        ChatAccount account, Person by, string what, IReadOnlyList<EntitlementId> pairs, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        if (pairs.Count == 0)
            return await Tell(account, $"Nothing {what} that was given here is left", "There is nothing to revoke. What was given outside this app is for an administrator of Keycloak to take away.", delivery, lease, ct);
        foreach (var pair in pairs)
        {
            CommitResult saved;
            do
            {
                if (await entitlements.Load(pair, ct) is not { } loaded || Revoked(loaded.Value, _ => true, by, time.GetUtcNow()) is not { } step)
                    break;
                saved = await commits.Commit(step.Changes with { Entitlement = new Versioned<Entitlement>(step.Entitlement, loaded.Version) }, ct);
            }
            while (saved == CommitResult.Conflict);
        }

        return await Tell(account, $"Everything {what} that was given here is being taken away", "Each end is told in the audit channel. Open requests stay open: freeze new access if it must not be given again.", delivery, lease, ct);
    }

    /// <summary>Null: nothing is left whose end has not begun.</summary>
    private static EntitlementStep? Revoked(Entitlement entitlement, Func<Grant, bool> which, Person by, DateTimeOffset now)
    {
        EntitlementStep? step = null;
        foreach (var grant in entitlement.Grants.Where(grant => which(grant) && !grant.State.IsOver && grant.State is not GrantState.Ending))
        {
            var ending = EndGrant.Begin(step?.Entitlement ?? entitlement, grant, EndReason.Revoked, now, by.Ref);
            step = step is null ? ending : step.Then(ending);
        }

        return step;
    }

    private async Task<Admission> MayRevoke(Actor by, AccessRequest request, CancellationToken ct)
    {
        switch (await actors.Identify(by, ct))
        {
            case Identification.Refused refused:
                return new Admission.Refused(refused.Why);
            case Identification.Unknown unknown:
                return new Admission.Unknown(unknown.Why);
            case Identification.Proved proved:
                var decides = proved.Person.IsActiveHuman && request.Rule is { } rule
                    ? await checks.IsInAny(proved.Person.Id, rule.Stages.SelectMany(stage => stage.Groups), ct)
                    : new Reading<bool>.Known(false);
                if (decides is Reading<bool>.Known { Value: true })
                    return new Admission.Granted(proved.Person);
                // Who may decide and cannot be looked up now must not be told that they may not.
                return await staff.Admit(proved.Person, [Office.Security], ct) is var admitted && admitted is Admission.Refused && decides is not Reading<bool>.Known
                    ? new Admission.Unknown(AccessChecks.DoubtOf(decides))
                    : admitted;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private Task<CommitResult> Tell(ChatAccount by, string title, string line, StoredDelivery delivery, Lease lease, CancellationToken ct) => commits.Commit(new Changes
    {
        Under = lease,
        Release = new Release.Done(),
        Notes = [RequestChanges.Tell(by, $"revoke:{delivery.Id}", Subject.Of(by), title, line)],
    }, ct);
}
