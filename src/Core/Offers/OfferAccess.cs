using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Offers;

/// <summary>
/// Offers somebody who was not let in to a client, in chat, the requests that would let them in. It only offers: whoever presses asks
/// as anybody does.
/// </summary>
public sealed class OfferAccess(ICatalog catalog, AccessChecks checks, IDirectory directory, Identities identities, ILoginOffers offers, ICommits commits, IIds ids, TimeProvider time)
{
    /// <summary>So many are looked at, the one that gives least first.</summary>
    private const int MostCandidates = 20;

    /// <returns>False: what must be known cannot be read now; try again.</returns>
    public async Task<bool> Run(DeniedLogin denied, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (denied.At + LoginOffer.Every <= now)
            return true;
        var known = await offers.Find(denied.Person, denied.Client, ct);
        var standing = known is { Value: var before } && now < before.OfferedAt + LoginOffer.Every ? before : null;
        if (standing is not null && !denied.Wanted && denied.At <= standing.OfferedAt)
            return true;

        switch (await directory.ReadPerson(denied.Person, ct))
        {
            case Reading<Person>.Unknown:
                return false;
            case Reading<Person>.Known { Value: { IsActiveHuman: true } person }:
                return await Offer(denied, person, known, standing, now, ct);
            default:
                return true;
        }
    }

    private async Task<bool> Offer(DeniedLogin denied, Person person, Versioned<LoginOffer>? known, LoginOffer? standing, DateTimeOffset now, CancellationToken ct)
    {
        if (await identities.FindAccounts(person, ct) is not Reading<IReadOnlyList<ChatAccount>>.Known { Value: var accounts })
            return false;
        if (accounts.Count == 0)
            return true;
        if (await Ways(denied, ct) is not { } ways)
            return false;
        if (ways is { Missing: [], Ways: [] } && denied.Needs.Count > 0)
            return true; // by now they hold it

        var offer = new LoginOffer
        {
            Id = standing?.Id ?? new OfferId(ids.Next()),
            Person = person.Ref,
            Client = denied.Client,
            ClientName = denied.ClientName,
            Needs = ways.Missing,
            Ways = ways.Ways,
            OfferedAt = standing?.OfferedAt ?? now,
        };
        var cards = accounts.Select(account => OfferMessages.Card(offer, account)).ToList();
        var asked = denied.Wanted && standing is not null && denied.At - standing.OfferedAt > OfferMessages.JustNow;
        if (standing is not null && standing.IsSameAs(offer) && !asked)
            return true;

        await commits.Commit(new Changes
        {
            Offer = new Versioned<LoginOffer>(offer, known?.Version ?? 0),
            Cards = cards,
            Notes = asked ? [.. accounts.Select(account => OfferMessages.StillThere(offer, account, denied.EventId))] : [],
            Audit = standing is null ? [.. accounts.Select(account => OfferAudit.Made(offer, account, now))] : [],
        }, ct);
        return true; // a conflict: another replica has made it
    }

    /// <returns>Null: something cannot be read now.</returns>
    private async Task<(IReadOnlyList<LoginNeed> Missing, IReadOnlyList<WayIn> Ways)?> Ways(DeniedLogin denied, CancellationToken ct)
    {
        var missing = denied.Needs;
        var allowed = new List<CatalogEntry>();
        foreach (var entry in WaysIn.Candidates(denied.Needs, catalog.Current.Entries).Take(MostCandidates))
        {
            switch (await directory.Holds(denied.Person, entry.Target, ct))
            {
                case Reading<bool>.Known { Value: true }:
                    missing = [.. missing.Where(need => !WaysIn.Meets(entry, need))];
                    continue;
                case Reading<bool>.Unknown:
                    return null;
            }

            switch (await checks.Check(denied.Person, entry.Target, ct))
            {
                case AccessCheck.Allowed:
                    allowed.Add(entry);
                    break;
                case AccessCheck.Unknown:
                    return null;
            }
        }

        return (missing, WaysIn.Find(missing, allowed));
    }
}
