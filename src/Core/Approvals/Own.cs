using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Approvals;

/// <summary>
/// Whose request it is: the filer, the beneficiary, everybody ever matched to a chat account of theirs, and accounts
/// that share the administrator-only attribute <c>person-id</c>. Nobody of them decides.
/// </summary>
public sealed class Own(IMatches matches, IDirectory directory)
{
    /// <summary>Unknown where a person involved cannot be read.</summary>
    public Task<Reading<bool>> Includes(Person voter, ChatAccount? caster, AccessRequest request, CancellationToken ct) => Includes(
        voter,
        caster,
        new[] { request.Filing.Person?.Id, request.Beneficiary?.Id }.OfType<PersonId>(),
        request.Filing.From is { } from ? [from] : [],
        ct);

    /// <summary>The same of anything that these people, and these chat accounts, want.</summary>
    public async Task<Reading<bool>> Includes(Person voter, ChatAccount? caster, IEnumerable<PersonId> people, IEnumerable<ChatAccount> from, CancellationToken ct)
    {
        var (owners, accounts) = (people.ToHashSet(), from.ToHashSet());
        foreach (var owner in owners.ToList())
            accounts.UnionWith((await matches.Of(owner, ct)).Select(match => match.Account));
        if (owners.Contains(voter.Id) || (caster is { } account && accounts.Contains(account)))
            return new Reading<bool>.Known(true);

        foreach (var known in accounts)
            owners.UnionWith((await matches.Of(known, ct)).Select(match => match.Person.Id));
        if (owners.Contains(voter.Id))
            return new Reading<bool>.Known(true);

        return await SharesPersonId(voter, owners, ct);
    }

    private async Task<Reading<bool>> SharesPersonId(Person voter, IEnumerable<PersonId> owners, CancellationToken ct)
    {
        var mine = voter.Values(Person.PersonIdAttribute);
        if (mine.Count == 0)
            return new Reading<bool>.Known(false);

        foreach (var owner in owners)
        {
            switch (await directory.ReadPerson(owner, ct))
            {
                case Reading<Person>.Known known when known.Value.Values(Person.PersonIdAttribute).Intersect(mine, StringComparer.Ordinal).Any():
                    return new Reading<bool>.Known(true);
                case Reading<Person>.Unknown unknown:
                    return new Reading<bool>.Unknown(unknown.Why);
            }
        }

        return new Reading<bool>.Known(false);
    }
}
