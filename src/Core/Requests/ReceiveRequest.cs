using ChatGovernance.Core.Audit;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>Stores what a form sent as a request. Who, what and whose decision are found out next.</summary>
public sealed class ReceiveRequest(ICatalog catalog, IRequests requests, ICommits commits, IEnumerable<IChatPlatform> platforms, IIds ids, TimeProvider time)
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

        return await Save(command.By, submission, null, delivery, lease, now, ct);
    }

    /// <summary>What came of a request is to go on for longer: a request of its own, to the same people.</summary>
    public async Task<CommitResult> Run(Command.SubmitExtension command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await requests.Load(command.Request, ct) is not { Value: var original } || Submission.ReadFor(original.Target, command.Input) is not { } submission)
        {
            return await commits.Commit(new Changes
            {
                Under = lease,
                Release = new Release.Done(),
                Notes = [RequestChanges.Tell(command.By, $"refused:{delivery.Id}", Subject.Of(command.By), "Your request was not taken", Chat.Sentences.For(new Refusal.NothingToExtend()))],
                Audit = [CommandAudit.Refused(command.By, "the extension of something unknown", now)],
            }, ct);
        }

        return await Save(command.By, submission, command.Request, delivery, lease, now, ct);
    }

    private async Task<CommitResult> Save(ChatAccount by, Submission submission, RequestId? extends, StoredDelivery delivery, Lease lease, DateTimeOffset now, CancellationToken ct)
    {
        var name = catalog.Current.Find(submission.Target)?.Name ?? submission.Target.ToString();
        var request = AccessRequest.Receive(
            new RequestId(ids.Next()), new Filing(by), submission.Target, name,
            submission.Length, submission.Justification, submission.Ticket, delivery.ReceivedAt, submission.Emergency) with
        {
            Extends = extends,
        };
        return await commits.Commit(new Changes
        {
            Under = lease,
            Release = new Release.Done(),
            Request = new Versioned<AccessRequest>(request, 0),
            Cards = [RequestChanges.FollowCard(request, by), .. platforms.Select(platform => RequestChanges.AuditCard(request, platform.Platform))],
            Touched = [new CardTouch(Subject.Of(by))],
            Audit = [RequestAudit.Received(request, now)],
        }, ct);
    }
}
