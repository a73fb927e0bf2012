using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Chat;

/// <summary>
/// Says one note once. A note in a thread waits for the thread's root, and has it posted anew when it is gone. Where no
/// thread can be had, a person is spared the note, and a channel gets it beside the thread. What waits to be said in one place of an
/// audit channel is said in one message: a channel takes a message a second, and the audit must not fall behind.
/// </summary>
public sealed class SayNote(INotes notes, ICards cards, IEnumerable<IChat> chats, ICommits commits, IIds ids, TimeProvider time)
{
    private readonly Dictionary<People.ChatPlatform, IChat> chats = chats.ToDictionary(chat => chat.Platform);

    public async Task Run(Lease lease, CancellationToken ct)
    {
        var pending = await notes.Load(long.Parse(lease.Id, System.Globalization.CultureInfo.InvariantCulture), ct);
        if (pending is null || pending.Dead is not null || pending.Place is not null)
        {
            await commits.Commit(new Changes { Under = lease, Release = new Release.Done() }, ct);
            return;
        }

        if (!chats.TryGetValue(pending.Note.Audience.Platform, out var chat))
        {
            await GiveUp(pending, "platform-off", lease, ct);
            return;
        }

        var root = pending.Note.Thread is { } key ? await cards.Find(key, ct) : null;
        if (root is { Place: null, Dead: null })
            await Save(new Notes(pending), new Release.Later(AfterTurn(root)), lease, ct);
        else
            await Post(await Gather(pending, ct), root, chat, lease, ct);
    }

    /// <summary>What is said in one message. One that was begun is finished with those that it was begun with.</summary>
    private async Task<Notes> Gather(PendingNote first, CancellationToken ct) =>
        first.Note.Audience is Audience.AuditChannel ? Notes.Fitting(first, await notes.After(first, Notes.Most - 1, ct)) : new Notes(first);

    /// <summary>Sets a note aside on which work threw again and again.</summary>
    /// <param name="code">One word for what went wrong, nothing personal.</param>
    public async Task<CommitResult> GiveUp(Lease lease, string code, CancellationToken ct) =>
        await notes.Load(long.Parse(lease.Id, System.Globalization.CultureInfo.InvariantCulture), ct) is { } pending
            ? await GiveUp(pending, code, lease, ct)
            : CommitResult.LeaseLost;

    /// <summary>When a root may have been posted: a channel that cannot be posted to must not be looked at every second.</summary>
    private DateTimeOffset AfterTurn(Card root)
    {
        var soon = time.GetUtcNow() + SendPolicy.Soon;
        return root.Due > soon ? root.Due.Value : soon;
    }

    private async Task Post(Notes some, Card? root, IChat chat, Lease lease, CancellationToken ct)
    {
        var audience = some.First.Note.Audience;
        switch (await new Posting(chat, time, ids).Next(audience, root?.Place, some.First.Attempt, ct))
        {
            case PostingStep.Begin begin:
                var attempted = some.Each(note => note with { Attempt = begin.Attempt });
                if (await commits.Commit(new Changes { Under = lease, Note = attempted.First, NotesWithIt = attempted.Others, Audit = Posting.Audit(begin, some.First.Note.Subject, audience) }, ct) == CommitResult.Saved)
                    await Settle(some, attempted, root, chat, await chat.Post(audience, root?.Place, attempted.Message, begin.Attempt.Key, ct), lease, ct);
                break;
            case PostingStep.Adopt adopt:
                await Save(some.Each(note => note with { Place = adopt.Place, Attempt = null }), new Release.Done(), lease, ct);
                break;
            case PostingStep.Wait wait:
                await Save(some, new Release.Later(wait.Until), lease, ct);
                break;
            case PostingStep.GiveUp giveUp:
                await GiveUp(some.First, giveUp.Code, lease, ct);
                break;
        }
    }

    /// <param name="before">As they were before this try: what is kept when nothing was sent.</param>
    /// <param name="root">Of the thread that it was tried in; null: in none.</param>
    private async Task Settle(Notes before, Notes tried, Card? root, IChat chat, Sent sent, Lease lease, CancellationToken ct)
    {
        var failures = SendPolicy.Count(sent, tried.First.Failures);
        var later = new Release.Later(SendPolicy.Again(sent, tried.First.Failures, time.GetUtcNow()));
        switch (sent)
        {
            case Sent.Done done:
                await Save(tried.Each(note => note with { Place = done.Place, Attempt = null }), new Release.Done(), lease, ct);
                break;
            case Sent.Uncertain:
                await Save(tried.Failed(failures), later, lease, ct);
                break;
            case Sent.Missing when root?.Place is { } place && failures < SendPolicy.TriesWhenRejected:
                var kept = before.Failed(failures);
                await commits.Commit(new Changes { Under = lease, Release = later, Note = kept.First, NotesWithIt = kept.Others, Lost = [new LostCard(root.Id, place)] }, ct);
                break;
            case Sent.Missing when root?.Place is not null && tried.First.Note.Audience is not Audience.Person:
                // A root that goes as soon as it is posted must not be posted for ever, and a line of the audit must not wait for it.
                await Settle(before, tried, null, chat, await chat.Post(tried.First.Note.Audience, null, tried.Message, tried.First.Attempt!.Key, ct), lease, ct);
                break;
            case var _ when SendPolicy.GivesUp(sent, tried.First.Note.Audience, tried.First.Failures):
                await GiveUp(tried.First with { Attempt = null }, SendPolicy.Code(sent), lease, ct);
                break;
            default:
                await Save(before.Failed(failures), later, lease, ct);
                break;
        }
    }

    private Task Save(Notes some, Release release, Lease lease, CancellationToken ct) =>
        commits.Commit(new Changes { Under = lease, Release = release, Note = some.First, NotesWithIt = some.Others }, ct);

    private Task<CommitResult> GiveUp(PendingNote pending, string code, Lease lease, CancellationToken ct) => commits.Commit(new Changes
    {
        Under = lease,
        Release = new Release.Done(),
        Note = pending with { Dead = code },
        Audit = [MessageAudit.SetAside(pending.Note.Subject, pending.Note.Audience, code, time.GetUtcNow())],
    }, ct);
}
