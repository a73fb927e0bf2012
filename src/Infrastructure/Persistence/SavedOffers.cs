using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Json;
using ChatGovernance.Infrastructure.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence;

internal static class SavedOffers
{
    /// <summary>False: somebody else made or changed it first.</summary>
    public static async Task<bool> Save(GovernanceContext db, Versioned<LoginOffer> offer, CancellationToken ct)
    {
        var (value, version) = offer;
        var row = await db.Offers.SingleOrDefaultAsync(known => known.Person == value.Person.Id.Value && known.Client == value.Client, ct);
        if ((row?.Version ?? 0) != version)
            return false;

        if (row is null)
            db.Offers.Add(row = new OfferRow { Person = value.Person.Id.Value, Client = value.Client, Id = "", Version = 0, OfferedAt = value.OfferedAt, Document = "" });
        row.Id = value.Id.ToString();
        row.Version = version + 1;
        row.OfferedAt = value.OfferedAt;
        row.Document = Documents.Write(new OfferDocument(value.Person.Name, value.ClientName, value.Needs, value.Ways));
        return await Saving.Save(db, ct);
    }

    public static Versioned<LoginOffer> ToOffer(this OfferRow row)
    {
        var document = Documents.Read<OfferDocument>(row.Document);
        return new Versioned<LoginOffer>(
            new LoginOffer
            {
                Id = OfferId.TryParse(row.Id, out var id) ? id : throw new FormatException("Not an offer's id."),
                Person = new PersonRef(new PersonId(row.Person), document.PersonName),
                Client = row.Client,
                ClientName = document.ClientName,
                Needs = document.Needs,
                Ways = document.Ways,
                OfferedAt = row.OfferedAt,
            },
            row.Version);
    }
}
