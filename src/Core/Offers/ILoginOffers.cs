using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Offers;

public interface ILoginOffers
{
    /// <summary>The last one that this person was made for this client.</summary>
    Task<Versioned<LoginOffer>?> Find(PersonId person, string client, CancellationToken ct);

    /// <summary>Null: there is none, or a later one has taken its place.</summary>
    Task<LoginOffer?> Load(OfferId id, CancellationToken ct);
}
