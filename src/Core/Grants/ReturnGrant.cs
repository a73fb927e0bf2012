using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Grants;

/// <summary>The holder gives back before the time is over. Who asked in chat may do so from the same account, whatever the directory says.</summary>
public sealed class ReturnGrant(IEntitlements entitlements, IRequests requests, HeldByName held, Actors actors, ICommits commits, TimeProvider time)
{
    public async Task<CommitResult> Run(Command.ReturnNamed command, StoredDelivery delivery, Lease lease, CancellationToken ct) =>
        await held.Find(command.By, command.Name, ct) switch
        {
            HeldSearch.One one => await Run(command.By, one.Request, delivery, lease, ct),
            HeldSearch.NotOne other => await Tell(command.By, "Nothing was given back", other.Why, delivery, lease, ct),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public Task<CommitResult> Run(Command.ReturnGrant command, StoredDelivery delivery, Lease lease, CancellationToken ct) =>
        Run(command.By, command.Request, delivery, lease, ct);

    private async Task<CommitResult> Run(ChatAccount by, RequestId id, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        switch (await Judge(by, id, ct))
        {
            case Judgement.Done done:
                return await commits.Commit(done.Changes with { Under = lease, Release = new Release.Done(), Touched = [.. done.Changes.Touched, new CardTouch(Subject.Of(by))] }, ct);
            case Judgement.Refused refused:
                return await Tell(by, refused.About is { } name ? $"{name}: nothing was given back" : "Nothing was given back", refused.Why, delivery, lease, ct);
            case Judgement.NotNow waits:
                return await commits.Commit(PutOff.Changes(by, $"{waits.About}: giving it back has to wait", waits.Why, delivery, lease, time.GetUtcNow()), ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <param name="id">What the grant came of.</param>
    public async Task<Judgement> Judge(Actor by, RequestId id, CancellationToken ct)
    {
        if (await entitlements.FindOf(id, ct) is not { } found || await requests.Load(id, ct) is not { Value: var request })
            return new Judgement.Refused(new Refusal.UnknownRequest());

        switch (by.From is { } account && account == request.Filing.From && !request.Filing.ForOther ? new Reading<bool>.Known(true) : await IsHolder(by, found.Value, ct))
        {
            case Reading<bool>.Known { Value: true }:
                break;
            case Reading<bool>.Unknown unknown:
                return new Judgement.NotNow(unknown.Why, found.Value.TargetName);
            default:
                return new Judgement.Refused(new Refusal.NotYours());
        }

        if (found.Value.Grants.SingleOrDefault(grant => grant.Request == id && grant.State is not GrantState.Ending) is not { } grant)
            return new Judgement.Refused(new Refusal.GrantOver(), found.Value.TargetName);

        var step = EndGrant.Begin(found.Value, grant, EndReason.GivenBack, time.GetUtcNow());
        return new Judgement.Done(step.Changes with { Entitlement = found with { Value = step.Entitlement } });
    }

    private async Task<Reading<bool>> IsHolder(Actor by, Entitlement entitlement, CancellationToken ct) => await actors.Identify(by, ct) switch
    {
        Identification.Proved proved => new Reading<bool>.Known(proved.Person.Id == entitlement.Person.Id),
        Identification.Unknown unknown => new Reading<bool>.Unknown(unknown.Why),
        _ => new Reading<bool>.Known(false),
    };

    private Task<CommitResult> Tell(ChatAccount by, string title, Refusal why, StoredDelivery delivery, Lease lease, CancellationToken ct) => commits.Commit(new Changes
    {
        Under = lease,
        Release = new Release.Done(),
        Notes = [RequestChanges.Tell(by, $"refused:{delivery.Id}", Subject.Of(by), title, Sentences.For(why))],
    }, ct);
}
