using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfOverview(IDbContextFactory<GovernanceContext> contexts) : IOverview
{
    private const string RequestSubject = "request:";

    public async Task<IReadOnlyList<HeldGrant>> Held(PersonId person, int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db.Grants.AsNoTracking()
            .Where(grant => grant.OverAt == null && grant.Entitlement!.Person == person.Value)
            .OrderBy(grant => grant.EndsAt == null).ThenBy(grant => grant.EndsAt).ThenBy(grant => grant.Id)
            .Take(max)
            .Include(grant => grant.Entitlement)
            .ToListAsync(ct);
        return [.. rows.Select(row => row.ToHeld())];
    }

    public async Task<IReadOnlyList<AccessRequest>> Requests(ChatAccount account, PersonId? person, int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (from, id) = (account.ToString(), person?.Value);
        var rows = await db.Requests.AsNoTracking().Include(row => row.Votes)
            .Where(row => row.FilerAccount == from || (id != null && (row.Beneficiary == id || row.Filer == id)))
            .OrderBy(row => row.ClosedAt != null).ThenByDescending(row => row.ReceivedAt).ThenBy(row => row.Id)
            .Take(max)
            .ToListAsync(ct);
        return [.. rows.Select(row => row.ToRequest())];
    }

    public async Task<IReadOnlyList<AccessRequest>> Waiting(ChatAccount account, int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var audience = new Audience.Person(account).ToString();
        var rows = await db.Requests.AsNoTracking().Include(row => row.Votes)
            .Where(row => row.ClosedAt == null && row.State == "pending"
                && db.Cards.Any(card => card.Subject == RequestSubject + row.Id && card.Audience == audience && card.Purpose == CardPurpose.Decide))
            .OrderBy(row => row.ReceivedAt).ThenBy(row => row.Id)
            .Take(max)
            .ToListAsync(ct);
        return [.. rows.Select(row => row.ToRequest())];
    }
}
