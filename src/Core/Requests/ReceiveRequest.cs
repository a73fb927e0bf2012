using ChatGovernance.Core.Audit;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>Stores what a form sent as a request. Who, what and whose decision are found out next.</summary>
public sealed class ReceiveRequest(ICatalog catalog, ICommits commits, IEnumerable<IChatPlatform> platforms, IIds ids, TimeProvider time)
{
    public async Task<CommitResult> Run(Command.SubmitRequest command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (Submission.Read(command.Input, out var field) is not { } submission)
        {
            return await commits.Commit(new Changes
            {
                Under = lease,
                Release = new Release.Done(),
                Notes = [RequestChanges.Tell(command.By, $"refused:{delivery.Id}", Subject.Of(command.By), "Your request was not taken", Chat.Sentences.For(new Refusal.ImpossibleValue(field!)))],
                Audit = [CommandAudit.Refused(command.By, field!, now)],
            }, ct);
        }

        var name = catalog.Current.Find(submission.Target)?.Name ?? submission.Target.ToString();
        var request = AccessRequest.Receive(
            new RequestId(ids.Next()), new Filing(command.By), submission.Target, name,
            submission.Length, submission.Justification, submission.Ticket, delivery.ReceivedAt);
        return await commits.Commit(new Changes
        {
            Under = lease,
            Release = new Release.Done(),
            Request = new Versioned<AccessRequest>(request, 0),
            Cards = [RequestChanges.FollowCard(request, command.By), .. platforms.Select(platform => RequestChanges.AuditCard(request, platform.Platform))],
            Touched = [new CardTouch(Subject.Of(command.By))],
            Audit = [RequestAudit.Received(request, now)],
        }, ct);
    }
}
