using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Json;
using ChatGovernance.Infrastructure.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfMatches(IDbContextFactory<GovernanceContext> contexts) : IMatches
{
    public async Task<IReadOnlyList<Match>> Of(ChatAccount account, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db.Matches.AsNoTracking().Where(row => row.Account == account.ToString()).OrderByDescending(row => row.At).ToListAsync(ct);
        return [.. rows.Select(Read)];
    }

    public async Task<IReadOnlyList<Match>> Of(PersonId person, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db.Matches.AsNoTracking().Where(row => row.Person == person.Value).OrderByDescending(row => row.At).ToListAsync(ct);
        return [.. rows.Select(Read)];
    }

    private static Match Read(MatchRow row) =>
        new(TextConverters.ReadAccount(row.Account), new PersonRef(new PersonId(row.Person), row.PersonName), row.Proof, row.At);
}
