using System.Linq.Expressions;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Json;
using ChatGovernance.Infrastructure.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfOverview(IDbContextFactory<GovernanceContext> contexts) : IOverview
{
    private const string RequestSubject = "request:";

    /// <summary>Requests that wait in channels at one time; of more, the newest are missing on the approvers' own pages.</summary>
    private const int ChannelsLookedThrough = 500;

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

    public async Task<IReadOnlyList<Entitlement>> Holders(TargetId target, int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var name = target.ToString();
        // From the grants that are not over, which an index holds.
        var ids = db.Grants.Where(grant => grant.OverAt == null && grant.Entitlement!.Target == name).Select(grant => grant.EntitlementId);
        var rows = await db.Entitlements.AsNoTracking().WithOpenParts()
            .Where(row => ids.Contains(row.Id))
            .OrderBy(row => row.PersonName).ThenBy(row => row.Id)
            .Take(max)
            .ToListAsync(ct);
        return [.. rows.Select(row => row.ToEntitlement())];
    }

    public async Task<IReadOnlyDictionary<TargetId, PersonId>> UsualBeneficiaries(DateTimeOffset since, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var counts = await db.Requests.Where(row => row.ReceivedAt >= since && row.Beneficiary != null)
            .GroupBy(row => new { row.Target, row.Beneficiary })
            .Select(same => new { same.Key.Target, same.Key.Beneficiary, Count = same.Count() })
            .ToListAsync(ct);
        return counts.GroupBy(row => row.Target, StringComparer.Ordinal)
            .Select(target => (Target: target.Key, Most: target.MaxBy(row => row.Count)!, All: target.Sum(row => row.Count)))
            .Where(target => target.Most.Count > 1 && target.Most.Count * 2 > target.All)
            .ToDictionary(target => TextConverters.ReadTarget(target.Target), target => new PersonId(target.Most.Beneficiary!));
    }

    public async Task<IReadOnlyList<AccessRequest>> Waiting(ChatAccount account, int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var audience = new Audience.Person(account).ToString();
        var own = await Pending(db, card => card.Audience == audience, max, ct);
        // In a channel nobody has a card of their own: who was asked stands in the request.
        var shared = await Pending(db, card => card.Audience.StartsWith(Audience.ChannelPrefix), ChannelsLookedThrough, ct);
        return [.. own.UnionBy(shared.Where(request => request.Approvers.Accounts.Contains(account)), request => request.Id).OrderBy(request => request.ReceivedAt).ThenBy(request => request.Id.Value).Take(max)];
    }

    /// <summary>That wait, with a card of this kind for those who decide, oldest first.</summary>
    private static async Task<IReadOnlyList<AccessRequest>> Pending(GovernanceContext db, Expression<Func<CardRow, bool>> shown, int max, CancellationToken ct)
    {
        var cards = db.Cards.Where(card => card.Purpose == CardPurpose.Decide).Where(shown);
        var rows = await db.Requests.AsNoTracking().Include(row => row.Votes)
            .Where(row => row.ClosedAt == null && row.State == "pending" && cards.Any(card => card.Subject == RequestSubject + row.Id))
            .OrderBy(row => row.ReceivedAt).ThenBy(row => row.Id)
            .Take(max)
            .ToListAsync(ct);
        return [.. rows.Select(row => row.ToRequest())];
    }
}
