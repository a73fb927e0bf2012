using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Chat;

/// <summary>
/// Says one note once. A note in a thread waits for the thread's root, and has it posted anew when it is gone. Where no
/// thread can be had, a person is spared the note, and the audit channel gets it beside the thread.
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
            await Save(pending, new Release.Later(AfterTurn(root)), lease, ct);
        else
            await Post(pending, root, chat, lease, ct);
    }

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

    private async Task Post(PendingNote pending, Card? root, IChat chat, Lease lease, CancellationToken ct)
    {
        var note = pending.Note;
        switch (await new Posting(chat, time, ids).Next(note.Audience, root?.Place, pending.Attempt, ct))
        {
            case PostingStep.Begin begin:
                var attempted = pending with { Attempt = begin.Attempt };
                if (await commits.Commit(new Changes { Under = lease, Note = attempted }, ct) == CommitResult.Saved)
                    await Settle(pending, attempted, root, chat, await chat.Post(note.Audience, root?.Place, note.Message, begin.Attempt.Key, ct), lease, ct);
                break;
            case PostingStep.Adopt adopt:
                await Save(pending with { Place = adopt.Place, Attempt = null }, new Release.Done(), lease, ct);
                break;
            case PostingStep.Wait wait:
                await Save(pending, new Release.Later(wait.Until), lease, ct);
                break;
            case PostingStep.GiveUp giveUp:
                await GiveUp(pending, giveUp.Code, lease, ct);
                break;
        }
    }

    /// <param name="before">As it was before this try: what is kept when nothing was sent.</param>
    /// <param name="root">Of the thread that it was tried in; null: in none.</param>
    private async Task Settle(PendingNote before, PendingNote tried, Card? root, IChat chat, Sent sent, Lease lease, CancellationToken ct)
    {
        var later = new Release.Later(SendPolicy.Again(sent, tried.Failures, time.GetUtcNow()));
        var failed = tried with { Failures = SendPolicy.Count(sent, tried.Failures) };
        switch (sent)
        {
            case Sent.Done done:
                await Save(tried with { Place = done.Place, Attempt = null }, new Release.Done(), lease, ct);
                break;
            case Sent.Uncertain:
                await Save(failed, later, lease, ct);
                break;
            case Sent.Missing when root?.Place is { } place && failed.Failures < SendPolicy.TriesWhenRejected:
                var lost = new LostCard(root.Id, place);
                await commits.Commit(new Changes { Under = lease, Release = later, Note = before with { Failures = failed.Failures }, Lost = [lost] }, ct);
                break;
            case Sent.Missing when root?.Place is not null && tried.Note.Audience is Audience.AuditChannel:
                // A root that goes as soon as it is posted must not be posted for ever, and a line of the audit must not wait for it.
                await Settle(before, tried, null, chat, await chat.Post(tried.Note.Audience, null, tried.Note.Message, tried.Attempt!.Key, ct), lease, ct);
                break;
            case var _ when SendPolicy.GivesUp(sent, tried.Note.Audience, tried.Failures):
                await GiveUp(tried with { Attempt = null }, SendPolicy.Code(sent), lease, ct);
                break;
            default:
                await Save(before with { Failures = failed.Failures }, later, lease, ct);
                break;
        }
    }

    private Task Save(PendingNote pending, Release release, Lease lease, CancellationToken ct) =>
        commits.Commit(new Changes { Under = lease, Release = release, Note = pending }, ct);

    private Task<CommitResult> GiveUp(PendingNote pending, string code, Lease lease, CancellationToken ct) => commits.Commit(new Changes
    {
        Under = lease,
        Release = new Release.Done(),
        Note = pending with { Dead = code },
        Audit = [MessageAudit.SetAside(pending.Note.Subject, pending.Note.Audience, code, time.GetUtcNow())],
    }, ct);
}
