using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>
/// Somebody who decides asks about a request before they do. Whether they decide on it is read afresh, for whoever is asked hears it
/// from us; while that cannot be read, the question waits.
/// </summary>
public sealed class AskQuestion(IRequests requests, Actors actors, Deciders deciders, ICommits commits, IIds ids, TimeProvider time)
{
    public async Task<CommitResult> Run(Command.AskQuestion command, StoredDelivery delivery, Lease lease, CancellationToken ct) => await commits.Commit(
        await Judge(command.By, command.Request, command.Text, delivery.ReceivedAt, ct) switch
        {
            Judgement.Done done => done.Changes with { Under = lease, Release = new Release.Done() },
            Judgement.Refused refused => RequestChanges.Refused(command.By, refused, "your question was not asked", delivery, lease),
            Judgement.NotNow waits => PutOff.Changes(command.By, $"{waits.About}: your question has to wait", waits.Why, delivery, lease, time.GetUtcNow()),
            _ => throw new System.Diagnostics.UnreachableException(),
        },
        ct);

    /// <param name="text">Within the limits of <see cref="QuestionForms.Check"/>.</param>
    public async Task<Judgement> Judge(Actor by, RequestId id, string text, DateTimeOffset receivedAt, CancellationToken ct)
    {
        if (await requests.Load(id, ct) is not { } loaded)
            return new Judgement.Refused(new Refusal.UnknownRequest());

        var request = loaded.Value;
        switch (await actors.Identify(by, ct))
        {
            case Identification.Refused refused:
                return new Judgement.Refused(refused.Why, request.TargetName);
            case Identification.Unknown unknown:
                return new Judgement.NotNow(unknown.Why, request.TargetName);
            case Identification.Proved proved:
                if (request.State is RequestState.Pending pending && await deciders.Refuse(proved.Person, by.From, request, pending, ct) is var deciding && deciding is not Reading<Refusal?>.Known { Value: null })
                    return deciding is Reading<Refusal?>.Known { Value: { } why } ? new Judgement.Refused(why, request.TargetName) : new Judgement.NotNow(AccessChecks.DoubtOf(deciding), request.TargetName);

                var now = time.GetUtcNow();
                var question = new Question { Id = ids.Next(), By = proved.Person.Ref, From = by.From, Text = Text.Clean(text), At = now };
                return request.Ask(question, receivedAt) switch
                {
                    Decision.Accepted { Request: var asked } => new Judgement.Done(new Changes
                    {
                        Request = loaded with { Value = asked },
                        Touched = RequestChanges.Touch(asked),
                        Notes = RequestMessages.QuestionNotes(asked, question),
                        Audit = [RequestAudit.Asked(asked, question, by, now)],
                    }),
                    Decision.Refused refused => new Judgement.Refused(refused.Why, request.TargetName),
                    _ => throw new System.Diagnostics.UnreachableException(),
                };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
