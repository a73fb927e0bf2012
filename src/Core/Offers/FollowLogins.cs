using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.Core.Offers;

/// <summary>Reads which logins the directory has denied, and has those people offered what would let them in.</summary>
public sealed class FollowLogins(IDirectory directory, OfferAccess offer, TimeProvider time)
{
    /// <param name="seen">Events that were dealt with; what is dealt with now is added, what is older than the next reading goes.</param>
    public async Task<FollowedLogins> Run(DateTimeOffset since, Dictionary<string, DateTimeOffset> seen, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var read = await directory.ReadDeniedLoginsSince(since, ct);
        if (read is not Reading<DeniedLogins>.Known { Value: var denied })
            return new FollowedLogins(since > now - LoginOffer.Every ? since : now - LoginOffer.Every, AccessChecks.DoubtOf(read));

        DateTimeOffset? again = null;
        foreach (var one in Newest(denied.Denials.Where(login => !seen.ContainsKey(login.EventId))))
        {
            if (await offer.Run(one, ct))
                foreach (var same in denied.Denials.Where(login => login.Person == one.Person && login.Client == one.Client && login.At <= one.At))
                    seen[same.EventId] = same.At;
            else
                again = again < one.At ? again : one.At;
        }

        var next = denied.Through is { } through ? Later(through, since + TimeSpan.FromMilliseconds(1)) : now - FollowDirectory.Overlap;
        next = again < next ? again.Value : next;
        foreach (var old in seen.Where(known => known.Value < next).Select(known => known.Key).ToList())
            seen.Remove(old);
        return new FollowedLogins(next, null);
    }

    /// <summary>Of each person and client what came last says it all; that they pressed for access is kept.</summary>
    private static IEnumerable<DeniedLogin> Newest(IEnumerable<DeniedLogin> denials) =>
        denials.GroupBy(login => (login.Person, login.Client)).Select(same => same.Last() with { Wanted = same.Any(login => login.Wanted) });

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <param name="Next">Where the next reading begins.</param>
/// <param name="Why">What kept events from being read; null: they were.</param>
public sealed record FollowedLogins(DateTimeOffset Next, Doubt? Why);
