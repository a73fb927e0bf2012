using ChatGovernance.Core.People;
using ChatGovernance.Infrastructure.Persistence.Json;
using ChatGovernance.Infrastructure.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfLinks(IDbContextFactory<GovernanceContext> contexts) : ILinks
{
    public async Task<Link?> Of(ChatAccount account, CancellationToken ct)
    {
        var written = account.ToString();
        return (await Read(rows => rows.Where(row => row.Account == written), ct)).SingleOrDefault();
    }

    public Task<IReadOnlyList<Link>> Of(PersonId person, CancellationToken ct) => Read(rows => rows.Where(row => row.Person == person.Value).OrderBy(row => row.Account), ct);

    public Task<IReadOnlyList<Link>> Named(string username, CancellationToken ct)
    {
        var written = username.ToLowerInvariant();
        return Read(rows => rows.Where(row => row.Username == written).OrderBy(row => row.Account), ct);
    }

    public Task<IReadOnlyList<Link>> Newest(int max, CancellationToken ct) => Read(rows => rows.OrderByDescending(row => row.At).ThenBy(row => row.Id).Take(max), ct);

    private async Task<IReadOnlyList<Link>> Read(Func<IQueryable<LinkRow>, IQueryable<LinkRow>> which, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await which(db.Links.AsNoTracking().Where(row => row.EndedAt == null)).ToListAsync(ct);
        return [.. rows.Select(row => new Link(
            new LinkId(RowIds.ReadGuid(row.Id)),
            TextConverters.ReadAccount(row.Account),
            new PersonRef(new PersonId(row.Person), row.PersonName),
            row.Username,
            row.At))];
    }
}
