using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Approvals;

/// <summary>Records a click. It is counted later, by <see cref="Requests.AdvanceRequest"/>, after fresh checks.</summary>
public sealed class CastVote(IRequests requests, ICommits commits, IIds ids, TimeProvider time)
{
    public async Task<CommitResult> Run(Command.CastVote command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        switch (await Judge(command.By, command.Request, command.Choice, command.Reason, command.AtMost, null, delivery.ReceivedAt, ct))
        {
            case Judgement.Done done:
                return await commits.Commit(done.Changes with { Under = lease, Release = new Release.Done() }, ct);
            case Judgement.Refused refused:
                return await commits.Commit(refused.Besides with
                {
                    Under = lease,
                    Release = new Release.Done(),
                    Notes = [RequestChanges.Tell(command.By, $"refused:{delivery.Id}", Subject.Of(command.Request), $"{refused.About ?? "This request"}: your click changed nothing", Sentences.For(refused.Why))],
                }, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <param name="by">A login that stands behind it already; null: none is known.</param>
    public async Task<Judgement> Judge(
        Actor caster, RequestId id, Choice choice, string? reason, TimeSpan? atMost, Confirmation? by, DateTimeOffset receivedAt, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await requests.Load(id, ct) is not { } loaded)
            return new Judgement.Refused(new Refusal.UnknownRequest()) { Besides = new Changes { Audit = [CommandAudit.Refused(caster, "a decision on an unknown request", now)] } };

        var cleaned = Text.Clean(reason);
        return loaded.Value.Cast(ids.Next(), caster, choice, cleaned.Length > 0 ? cleaned : null, receivedAt, atMost, by) switch
        {
            Decision.Accepted accepted => new Judgement.Done(new Changes
            {
                Request = loaded with { Value = accepted.Request },
                Touched = [new CardTouch(Subject.Of(id), CardPurpose.Decide)],
                Audit = [RequestAudit.Cast(accepted.Request, accepted.Request.Votes[^1], now)],
            }),
            Decision.Refused refused => new Judgement.Refused(refused.Why, loaded.Value.TargetName)
            {
                Besides = new Changes
                {
                    Touched = [new CardTouch(Subject.Of(id), CardPurpose.Decide)],
                    Audit = [RequestAudit.VoteRefused(loaded.Value, caster, choice, refused.Why, now)],
                },
            },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
