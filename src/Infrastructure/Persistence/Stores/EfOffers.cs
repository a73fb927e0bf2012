using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfOffers(IDbContextFactory<GovernanceContext> contexts) : ILoginOffers
{
    public async Task<Versioned<LoginOffer>?> Find(PersonId person, string client, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await db.Offers.AsNoTracking().SingleOrDefaultAsync(row => row.Person == person.Value && row.Client == client, ct))?.ToOffer();
    }

    public async Task<LoginOffer?> Load(OfferId id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var written = id.ToString();
        return (await db.Offers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == written, ct))?.ToOffer().Value;
    }
}
