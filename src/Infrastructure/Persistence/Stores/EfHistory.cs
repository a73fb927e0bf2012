using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Audit;
using ChatGovernance.Infrastructure.Persistence.Json;
using ChatGovernance.Infrastructure.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

/// <summary>Ids are in order of time, so a page that begins after an id needs no other mark.</summary>
internal sealed class EfHistory(IDbContextFactory<GovernanceContext> contexts) : IHistory
{
    /// <summary>Pending requests that are looked through at once for those that wait for somebody.</summary>
    private const int LookedThrough = 200;

    public async Task<Page<Versioned<AccessRequest>>> Requests(RequestQuery query, RequestId? after, int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = Matching(db.Requests.AsNoTracking(), query);
        var found = new List<Versioned<AccessRequest>>();
        for (var (position, atOnce) = (after?.ToString(), query.WaitingFor is null ? max + 1 : LookedThrough); ;)
        {
            var read = await (position is null ? rows : rows.Where(row => string.Compare(row.Id, position) < 0))
                .OrderByDescending(row => row.Id).Take(atOnce).Include(row => row.Votes).ToListAsync(ct);
            found.AddRange(read.Select(row => new Versioned<AccessRequest>(row.ToRequest(), row.Version)).Where(request => query.WaitingFor is not { } person || Waits(request.Value, person)));
            if (found.Count > max || read.Count < atOnce)
                return new Page<Versioned<AccessRequest>>([.. found.Take(max)], found.Count > max);
            position = read[^1].Id;
        }
    }

    public async Task<Page<GrantRecord>> Grants(GrantQuery query, GrantId? after, int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = db.Grants.AsNoTracking();
        if (query.State is { } state)
            rows = rows.Where(row => row.State == state);
        if (query.Person is { } person)
            rows = rows.Where(row => row.Entitlement!.Person == person.Value);
        if (query.Target?.ToString() is { } target)
            rows = rows.Where(row => row.Entitlement!.Target == target);
        if (query.Request?.ToString() is { } request)
            rows = rows.Where(row => row.RequestId == request);
        if (after?.ToString() is { } position)
            rows = rows.Where(row => string.Compare(row.Id, position) < 0);
        return PageOf(await rows.OrderByDescending(row => row.Id).Take(max + 1).Include(row => row.Entitlement).ToListAsync(ct), max, ToRecord);
    }

    public async Task<GrantRecord?> Grant(GrantId id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var written = id.ToString();
        return await db.Grants.AsNoTracking().Include(row => row.Entitlement).SingleOrDefaultAsync(row => row.Id == written, ct) is { } row ? ToRecord(row) : null;
    }

    public async Task<Page<AuditRecord>> Audit(AuditQuery query, long after, int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = db.Audit.AsNoTracking().Where(row => row.Number > after);
        if (query.Kind is { } kind)
            rows = rows.Where(row => row.Kind == kind);
        if (query.Subject?.Value is { } subject)
            rows = rows.Where(row => row.Subject == subject);
        if (query.From is { } from)
            rows = rows.Where(row => row.At >= from);
        if (query.Until is { } until)
            rows = rows.Where(row => row.At < until);
        var read = await rows.OrderBy(row => row.Number).Take(max + 1).ToListAsync(ct);
        var numbers = read.Select(row => row.Number).ToList();
        var texts = (await db.AuditText.AsNoTracking().Where(text => numbers.Contains(text.Number)).ToListAsync(ct)).ToLookup(text => text.Number);
        return PageOf(read, max, row => ToRecord(row, texts[row.Number]));
    }

    public async Task<AuditHead> AuditHead(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var head = await db.AuditHead.AsNoTracking().SingleOrDefaultAsync(ct);
        return new AuditHead(head?.Number ?? 0, Convert.ToHexStringLower(head?.Hash ?? AuditChain.Genesis));
    }

    private static IQueryable<RequestRow> Matching(IQueryable<RequestRow> rows, RequestQuery query)
    {
        if (query.Ids.Select(id => id.ToString()).ToList() is { Count: > 0 } ids)
            rows = rows.Where(row => ids.Contains(row.Id));
        if (query.State is { } state)
            rows = rows.Where(row => row.State == state);
        if (query.Requester is { } requester)
            rows = rows.Where(row => row.Filer == requester.Value);
        if (query.Beneficiary is { } beneficiary)
            rows = rows.Where(row => row.Beneficiary == beneficiary.Value);
        if (query.Target?.ToString() is { } target)
            rows = rows.Where(row => row.Target == target);
        if (query.Involving is { } person)
            rows = rows.Where(row => row.Filer == person.Value || row.Beneficiary == person.Value);
        // Who is asked stands in the document: what does not name them is not read.
        return query.WaitingFor is not { Value: var asked } ? rows : rows.Where(row => row.ClosedAt == null && row.State == "pending" && row.Document.Contains(asked));
    }

    private static bool Waits(AccessRequest request, PersonId person) => request.Approvers.People.Contains(person) && request.Voters.All(voter => voter.Id != person);

    private static Page<TItem> PageOf<TRow, TItem>(List<TRow> rows, int max, Func<TRow, TItem> read) => new([.. rows.Take(max).Select(read)], rows.Count > max);

    private static GrantRecord ToRecord(GrantRow row)
    {
        var (pair, held) = (row.Entitlement!, row.ToHeld());
        return new GrantRecord(new PersonRef(new PersonId(pair.Person), pair.PersonName), TextConverters.ReadTarget(pair.Target), held.TargetName, held.Grant, held.Retry, pair.Version);
    }

    private static AuditRecord ToRecord(AuditLineRow row, IEnumerable<AuditTextRow> texts)
    {
        // One that was altered is for the verifier to tell; here it shows what its columns say.
        var payload = AuditPayload.Read(row.Payload);
        return new AuditRecord(
            row.Number, row.At, row.Kind, new Subject(row.Subject), payload?.Facts ?? new Dictionary<string, string>(), texts.ToDictionary(text => text.Field, text => text.Text),
            Convert.ToHexStringLower(row.PreviousHash), Convert.ToHexStringLower(row.Hash));
    }
}
