using ChatGovernance.Core.People;
using ChatGovernance.Infrastructure.Persistence.Rows;

namespace ChatGovernance.Infrastructure.Persistence;

internal static class SavedLinks
{
    /// <summary>False: one of the two sides has a link meanwhile, or the link has ended already.</summary>
    public static async Task<bool> Save(GovernanceContext db, LinkChange change, CancellationToken ct)
    {
        if (change is LinkChange.Ended ended)
            return await db.Execute("UPDATE links SET ended_at = {0} WHERE id = {1} AND ended_at IS NULL", [ended.At.UtcTicks, ended.Id.ToString()], ct) == 1;

        var link = ((LinkChange.Made)change).Link;
        db.Links.Add(new LinkRow
        {
            Id = link.Id.ToString(),
            Account = link.Account.ToString(),
            Place = PlaceOf(link.Account),
            Person = link.Person.Id.Value,
            PersonName = link.Person.Name,
            Username = link.Username.ToLowerInvariant(),
            At = link.At,
        });
        return await Saving.Save(db, ct);
    }

    private static string PlaceOf(ChatAccount account)
    {
        var whole = account.ToString();
        return whole[..whole.IndexOf('/', StringComparison.Ordinal)];
    }
}
