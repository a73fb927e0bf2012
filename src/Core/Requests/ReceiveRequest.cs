using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>Stores what a form sent as a request. Who, what and whose decision are found out next.</summary>
public sealed class ReceiveRequest(ICatalog catalog, IRequests requests, ILoginOffers offers, ICommits commits, IEnumerable<IChatPlatform> platforms, IIds ids, TimeProvider time)
{
    public async Task<CommitResult> Run(Command.SubmitRequest command, StoredDelivery delivery, Lease lease, CancellationToken ct) =>
        Submission.Read(command.Input, out var field) is { } submission
            ? await Save(command.By, [submission], null, delivery, lease, ct)
            : await Refuse(command.By, new Refusal.ImpossibleValue(field!), field!, delivery, lease, ct);

    /// <summary>What came of a request is to go on for longer: a request of its own, to the same people.</summary>
    public async Task<CommitResult> Run(Command.SubmitExtension command, StoredDelivery delivery, Lease lease, CancellationToken ct) =>
        await requests.Load(command.Request, ct) is { Value: var original } && Submission.ReadFor(original.Target, command.Input) is { } submission
            ? await Save(command.By, [submission], command.Request, delivery, lease, ct)
            : await Refuse(command.By, new Refusal.NothingToExtend(), "the extension of something unknown", delivery, lease, ct);

    /// <summary>All of one way in that was offered: a request for each of its targets, all of them or none.</summary>
    public async Task<CommitResult> Run(Command.SubmitOffered command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var way = (await offers.Load(command.Offer, ct))?.Way(command.Way);
        var submissions = way?.Targets.Select(target => Submission.ReadFor(target.Target, command.Input)).ToList() ?? [];
        return submissions.Count > 0 && !submissions.Contains(null)
            ? await Save(command.By, [.. submissions.OfType<Submission>()], null, delivery, lease, ct)
            : await Refuse(command.By, new Refusal.NotOffered(), "what was offered no longer", delivery, lease, ct);
    }

    /// <summary>What somebody asked for at a login: a request for each, for no longer than its rule allows.</summary>
    public Task<CommitResult> Run(Command.FileAtLogin command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var filed = command.Targets.Distinct().Select(target => Received(new Filing(null, LoggedIn: command.Person), new Submission(target, Within(target, command.Length), command.Justification, null), delivery)).ToList();
        return commits.Commit(RequestChanges.File(filed, platforms, now) with { Under = lease, Release = new Release.Done() }, ct);
    }

    private AccessLength Within(TargetId target, TimeSpan length) =>
        new AccessLength.For(catalog.Current.Find(target)?.Rule.MaxDuration is { } longest && longest < length ? longest : length);

    private Task<CommitResult> Refuse(ChatAccount by, Refusal why, string what, StoredDelivery delivery, Lease lease, CancellationToken ct) => commits.Commit(new Changes
    {
        Under = lease,
        Release = new Release.Done(),
        Notes = [RequestChanges.Tell(by, $"refused:{delivery.Id}", Subject.Of(by), "Your request was not taken", Chat.Sentences.For(why))],
        Audit = [CommandAudit.Refused(by, what, time.GetUtcNow())],
    }, ct);

    private Task<CommitResult> Save(ChatAccount by, IReadOnlyList<Submission> submissions, RequestId? extends, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var filed = submissions.Select(submission => Received(new Filing(by), submission, delivery) with { Extends = extends }).ToList();
        var changes = RequestChanges.File(filed, platforms, now);
        return commits.Commit(changes with
        {
            Under = lease,
            Release = new Release.Done(),
            Cards = [.. filed.Select(request => RequestChanges.FollowCard(request, by)), .. changes.Cards],
            Touched = [new CardTouch(Subject.Of(by))],
        }, ct);
    }

    private AccessRequest Received(Filing filing, Submission submission, StoredDelivery delivery) => AccessRequest.Receive(
        new RequestId(ids.Next()), filing, submission.Target, catalog.Current.Find(submission.Target)?.Name ?? submission.Target.ToString(),
        submission.Length, submission.Justification, submission.Ticket, delivery.ReceivedAt, submission.Emergency);
}
