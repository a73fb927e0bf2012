using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Grants;

/// <summary>The holder gives back before the time is over. Who asked in chat may do so from the same account, whatever the directory says.</summary>
public sealed class ReturnGrant(IEntitlements entitlements, IRequests requests, HeldByName held, Identities identities, ICommits commits, TimeProvider time)
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
        var now = time.GetUtcNow();
        if (await entitlements.FindOf(id, ct) is not { } found || await requests.Load(id, ct) is not { Value: var request })
            return await Tell(by, "Nothing was given back", new Refusal.UnknownRequest(), delivery, lease, ct);

        switch (by == request.Filing.From && !request.Filing.ForOther ? new Reading<bool>.Known(true) : await IsHolder(by, found.Value, ct))
        {
            case Reading<bool>.Known { Value: true }:
                break;
            case Reading<bool>.Known:
                return await Tell(by, "Nothing was given back", new Refusal.NotYours(), delivery, lease, ct);
            case var other:
                return await commits.Commit(PutOff.Changes(by, $"{found.Value.TargetName}: giving it back has to wait", ((Reading<bool>.Unknown)other).Why, delivery, lease, now), ct);
        }

        if (found.Value.Grants.SingleOrDefault(grant => grant.Request == id && grant.State is not GrantState.Ending) is not { } grant)
            return await Tell(by, $"{found.Value.TargetName}: nothing was given back", new Refusal.GrantOver(), delivery, lease, ct);

        var step = EndGrant.Begin(found.Value, grant, EndReason.GivenBack, now);
        return await commits.Commit(step.Changes with
        {
            Under = lease,
            Release = new Release.Done(),
            Entitlement = new Versioned<Entitlement>(step.Entitlement, found.Version),
            Touched = [.. step.Changes.Touched, new CardTouch(Subject.Of(by))],
        }, ct);
    }

    private async Task<Reading<bool>> IsHolder(ChatAccount by, Entitlement entitlement, CancellationToken ct) => await identities.Identify(by, ct) switch
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
