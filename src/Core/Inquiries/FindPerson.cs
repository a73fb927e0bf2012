using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Inquiries;

/// <summary>Finds the person that a username, an id in the directory, or a chat account (<c>slack:T…/U…</c>) means.</summary>
public sealed class FindPerson(IDirectory directory, Identities identities)
{
    public async Task<Lookup<Person>> Run(string text, CancellationToken ct) =>
        ChatAccount.TryParse(text, out var account) ? OfAccount(await identities.Identify(account, ct)) : await OfName(text, ct);

    private static Lookup<Person> OfAccount(Identification found) => found switch
    {
        Identification.Proved proved => new Lookup<Person>.Found(proved.Person),
        Identification.Refused refused => new Lookup<Person>.Refused(refused.Why),
        Identification.Unknown unknown => new Lookup<Person>.Unknown(unknown.Why),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Somebody could be called what is another one's id: then neither is meant more than the other.</summary>
    private async Task<Lookup<Person>> OfName(string text, CancellationToken ct)
    {
        var named = await directory.FindByUsername(text, ct);
        if (named is not Reading<IReadOnlyList<Person>>.Known { Value: var people })
            return new Lookup<Person>.Unknown(Policies.AccessChecks.DoubtOf(named));

        List<Person> found = [.. people];
        if (Guid.TryParse(text, out _))
        {
            switch (await directory.ReadPerson(new PersonId(text), ct))
            {
                case Reading<Person>.Known known:
                    found.Add(known.Value);
                    break;
                case Reading<Person>.Unknown unknown:
                    return new Lookup<Person>.Unknown(unknown.Why);
            }
        }

        return found.DistinctBy(person => person.Id).ToList() switch
        {
            [] => new Lookup<Person>.NotFound(),
            [var only] => new Lookup<Person>.Found(only),
            var several => new Lookup<Person>.Several([.. several.Select(person => $"{person.Name} ({person.Username}, {person.Id})")]),
        };
    }
}
