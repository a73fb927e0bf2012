using ChatGovernance.Core.Audit;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>Whoever filed a request, or is to hold what it asks for, answers a question about it. Who answers is read afresh.</summary>
public sealed class AnswerQuestion(IRequests requests, Actors actors, ICommits commits, TimeProvider time)
{
    public async Task<CommitResult> Run(Command.AnswerQuestion command, StoredDelivery delivery, Lease lease, CancellationToken ct) => await commits.Commit(
        await Judge(command.By, command.Request, command.Question, command.Text, ct) switch
        {
            Judgement.Done done => done.Changes with { Under = lease, Release = new Release.Done() },
            Judgement.Refused refused => RequestChanges.Refused(command.By, refused, "your answer was not passed on", delivery, lease),
            Judgement.NotNow waits => PutOff.Changes(command.By, $"{waits.About}: your answer has to wait", waits.Why, delivery, lease, time.GetUtcNow()),
            _ => throw new System.Diagnostics.UnreachableException(),
        },
        ct);

    /// <param name="text">Within the limits of <see cref="QuestionForms.Check"/>.</param>
    public async Task<Judgement> Judge(Actor by, RequestId id, Guid question, string text, CancellationToken ct)
    {
        if (await requests.Load(id, ct) is not { } loaded)
            return new Judgement.Refused(new Refusal.UnknownRequest());

        switch (await actors.Identify(by, ct))
        {
            case Identification.Refused refused:
                return new Judgement.Refused(refused.Why, loaded.Value.TargetName);
            case Identification.Unknown unknown:
                return new Judgement.NotNow(unknown.Why, loaded.Value.TargetName);
            case Identification.Proved proved:
                var now = time.GetUtcNow();
                return loaded.Value.Answer(question, new QuestionAnswer(proved.Person.Ref, Text.Clean(text), now)) switch
                {
                    Decision.Accepted { Request: var answered } => new Judgement.Done(new Changes
                    {
                        Request = loaded with { Value = answered },
                        Touched = RequestChanges.Touch(answered),
                        Notes = RequestMessages.AnswerNotes(answered, answered.Questions.First(one => one.Id == question)),
                        Audit = [RequestAudit.Answered(answered, answered.Questions.First(one => one.Id == question), by, now)],
                    }),
                    Decision.Refused refused => new Judgement.Refused(refused.Why, loaded.Value.TargetName),
                    _ => throw new System.Diagnostics.UnreachableException(),
                };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
