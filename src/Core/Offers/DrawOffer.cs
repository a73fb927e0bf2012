using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Offers;

/// <summary>Draws an offer with how far each of its targets has come.</summary>
public sealed class DrawOffer(ILoginOffers offers, IRequests requests, IEntitlements entitlements, TimeProvider time)
{
    /// <summary>Null: it is over, and its message stays as it is.</summary>
    public async Task<ChatMessage?> Run(OfferId id, CancellationToken ct)
    {
        if (await offers.Load(id, ct) is not { } offer || time.GetUtcNow() >= offer.OfferedAt + LoginOffer.Shown)
            return null;

        var standing = new Dictionary<OfferedTarget, OfferStanding>();
        foreach (var target in offer.Ways.SelectMany(way => way.Targets).Distinct())
            standing[target] = await Standing(offer, target, ct);
        return OfferMessages.For(offer, standing);
    }

    private async Task<OfferStanding> Standing(LoginOffer offer, OfferedTarget target, CancellationToken ct)
    {
        var grants = (await entitlements.Find(offer.Person.Id, target.Target, ct))?.Value.Grants ?? [];
        if (grants.Any(grant => grant.State is GrantState.Active))
            return OfferStanding.Held;
        if (grants.Any(grant => grant.State is GrantState.Waiting or GrantState.Started))
            return OfferStanding.Coming;
        return await requests.FindOpen(offer.Person.Id, target.Target, ct) is not null ? OfferStanding.Asked : OfferStanding.None;
    }
}
