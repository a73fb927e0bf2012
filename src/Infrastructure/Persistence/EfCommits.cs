using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Audit;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence;

internal sealed class EfCommits(IDbContextFactory<GovernanceContext> contexts, IAuditMirror mirror, IWebhookOutbox outbox, IWake wake, TimeProvider time) : ICommits
{
    private const int Tries = 4;

    public async Task<CommitResult> Commit(Changes changes, CancellationToken ct)
    {
        AuditChain.Check(changes.Audit);
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            try
            {
                var result = await Commit(db, changes, ct);
                if (result == CommitResult.Saved)
                    Wake(changes);
                return result;
            }
            catch (Exception exception) when (attempt < Tries && exception.SaidByDatabase() is { } said && db.IsWorthAnotherTry(said))
            {
                // Two transactions stood in each other's way and this one was undone: nothing of it is left.
            }
        }
    }

    private async Task<CommitResult> Commit(GovernanceContext db, Changes changes, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.BeginWrite(ct);

        // First, so that of many who repeat a call at once one goes on and the others wait for what it comes to.
        if (changes.Reply is { } reply && !await SavedReplies.Add(db, reply, ct))
            return CommitResult.Conflict;
        if (changes.Under is { } lease && !await Leases.Keep(db, lease, changes.Release, now, ct))
            return CommitResult.LeaseLost;
        if (changes.Request is { } request && !await SavedRequests.Save(db, request, NotBefore(changes, WorkKind.Request, request.Value.Id.ToString()), now, ct))
            return CommitResult.Conflict;
        foreach (var filed in changes.Filed)
        {
            if (!await SavedRequests.Save(db, new Versioned<AccessRequest>(filed, 0), null, now, ct))
                return CommitResult.Conflict;
        }

        if (changes.Entitlement is { } entitlement && !await SavedEntitlements.Save(db, entitlement, NotBefore(changes, WorkKind.Entitlement, entitlement.Value.Id.ToString()), now, ct))
            return CommitResult.Conflict;
        if (changes is { Release: Release.Done, Under: { Kind: WorkKind.Request } idle, Request: null })
            await SavedRequests.Reschedule(db, idle.Id, now, ct);
        if (changes is { Release: Release.Done, Under: { Kind: WorkKind.Entitlement } still, Entitlement: null })
            await SavedEntitlements.Reschedule(db, still.Id, now, ct);

        if (changes.Alarm is { } alarm && !await SavedAlarms.Save(db, alarm, ct))
            return CommitResult.Conflict;

        if (changes.Policy is { } policy && !await SavedTexts.Replace(db, SavedTexts.Policy, policy.Before, policy.Text, ct))
            return CommitResult.Conflict;

        if (changes.Anchored is { } anchored && !await SavedTexts.Replace(db, SavedTexts.Anchored, SavedTexts.Instant(anchored.Before), SavedTexts.Instant(anchored.At), ct))
            return CommitResult.Conflict;

        if (changes.LoginChange is { } loginChange && !await SavedLoginChanges.Save(db, loginChange, ct))
            return CommitResult.Conflict;

        if (changes.KnownLoginPolicies is { } known && !await SavedLoginChanges.Save(db, known, ct))
            return CommitResult.Conflict;

        if (!await SavedLogins.Save(db, changes.Logins, now, ct))
            return CommitResult.Conflict;
        if (changes.Link is { } link && !await SavedLinks.Save(db, link, ct))
            return CommitResult.Conflict;

        if (changes.Offer is { } offer && !await SavedOffers.Save(db, offer, ct))
            return CommitResult.Conflict;

        await SavedCards.Want(db, changes.Cards, changes.Touched, now, ct);
        await SavedCards.Lose(db, changes.Lost, now, ct);
        await SavedCards.Revive(db, changes.Revived, now, ct);
        await SavedCards.Find(db, changes.Found, now, ct);
        await SavedNotes.Add(db, changes.Notes, now, ct);
        await SavedMatches.Save(db, changes.Matches, ct);
        if (changes.Card is { } card)
            await SavedCards.Progress(db, card, NotBefore(changes, WorkKind.Card, RowIds.Write(card.Id)), now, ct);
        if (changes.Note is { } note)
            await SavedNotes.Progress(db, note, NotBefore(changes, WorkKind.Note, RowIds.Write(note.Id)), now, ct);
        foreach (var other in changes.NotesWithIt)
            await SavedNotes.Progress(db, other, null, now, ct);

        if (changes.Webhook is { } webhook)
            await SavedWebhooks.Progress(db, webhook, NotBefore(changes, WorkKind.Webhook, RowIds.Write(webhook.Id)), now, ct);

        if (!await SavedWebhooks.Resend(db, changes.Resent, now, ct))
            return CommitResult.Conflict;

        // Last, because whoever holds the head of the chain holds up everybody else.
        if (changes.Audit.Count > 0)
        {
            var rows = await SavedAudit.Append(db, changes.Audit, ct);
            await SavedNotes.Add(db, mirror.Mirror(rows), now, ct);
            await SavedWebhooks.Add(db, outbox.Write(rows), now, ct);
        }

        await transaction.CommitAsync(ct);
        return CommitResult.Saved;
    }

    /// <summary>What the holder of this very row says about its next turn.</summary>
    private static DateTimeOffset? NotBefore(Changes changes, WorkKind kind, string id) =>
        changes is { Release: Release.Later later, Under: { } lease } && lease.Kind == kind && lease.Id == id ? later.At : null;

    private void Wake(Changes changes)
    {
        if (changes.Request is not null || changes.Filed.Count > 0)
            wake.Wake(WorkKind.Request);
        if (changes.Entitlement is not null)
            wake.Wake(WorkKind.Entitlement);
        if (changes.Cards.Count > 0 || changes.Touched.Count > 0 || changes.Lost.Count > 0 || changes.Revived.Count > 0 || changes.Found.Count > 0)
            wake.Wake(WorkKind.Card);
        if (changes.Notes.Count > 0 || changes.Audit.Count > 0)
            wake.Wake(WorkKind.Note);
        if ((changes.Audit.Count > 0 && !outbox.IsEmpty) || changes.Resent.Count > 0)
            wake.Wake(WorkKind.Webhook);
        // The row that was released may have held up another of its kind, and a command the request that it is about.
        if (changes is { Under: { } lease, Release: not null })
            wake.Wake(lease.Kind);
        if (changes is { Under.Kind: WorkKind.Inbox, Release: not null, Request: null, Filed.Count: 0 })
            wake.Wake(WorkKind.Request);
    }
}
