using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Grants;

/// <summary>Which of a person's grants is meant by a name, as they type it in chat: the whole name, or what only one begins or contains.</summary>
public sealed class HeldByName(IOverview overview, IMatches matches)
{
    private const int AtMost = 100;

    /// <summary>The last proof says whose the account is: it only finds; whoever acts on what was found proves it again.</summary>
    public async Task<HeldSearch> Find(ChatAccount account, string name, CancellationToken ct)
    {
        var person = (await matches.Of(account, ct)) is [var latest, ..] ? latest.Person.Id : (PersonId?)null;
        var held = person is { } known ? (await overview.Held(known, AtMost, ct)).Where(grant => grant.Grant.State is not GrantState.Ending).ToList() : [];
        var folded = Folding.Fold(name.Trim());
        var exact = held.Where(grant => Folding.Fold(grant.TargetName) == folded).ToList();
        var found = exact.Count > 0 ? exact : held.Where(grant => folded.Length > 0 && Folding.Fold(grant.TargetName).Contains(folded, StringComparison.Ordinal)).ToList();
        return found switch
        {
            [var only] => new HeldSearch.One(only.Grant.Request),
            [] when folded.Length == 0 && held is [var single] => new HeldSearch.One(single.Grant.Request),
            _ => new HeldSearch.NotOne(new Refusal.NotOneHeld(name.Trim(), [.. held.Select(grant => grant.TargetName).Distinct()])),
        };
    }
}

public abstract record HeldSearch
{
    private protected HeldSearch()
    {
    }

    /// <param name="Request">What the grant came of.</param>
    public sealed record One(RequestId Request) : HeldSearch;

    public sealed record NotOne(Refusal.NotOneHeld Why) : HeldSearch;
}
