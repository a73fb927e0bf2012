using ChatGovernance.Core.Logins;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.People;

/// <summary>
/// Says whose a chat account is. Every configured source is asked; a source that cannot answer, or two that name
/// different people, prove nothing.
/// </summary>
public sealed class Identities(IEnumerable<IIdentitySource> sources, IEnumerable<IChatPlatform> platforms, PeopleOptions options, LoginAvailability? login = null)
{
    private readonly bool byLogin = login is { IsOn: true } && options.Sources.Contains(IdentitySource.Link);
    private readonly IReadOnlyList<IIdentitySource> sources = [.. sources];
    private readonly Dictionary<ChatPlatform, IChatPlatform> platforms = platforms.ToDictionary(platform => platform.Platform);

    public async Task<Identification> Identify(ChatAccount account, CancellationToken ct)
    {
        if (!platforms.TryGetValue(account.Platform, out var platform))
            return new Identification.Refused(new Refusal.ChatAccountNotServed(MemberStanding.Foreign));

        return await platform.ReadMember(account, ct) switch
        {
            Reading<ChatMember>.Known known => await Identify(known.Value, ct),
            Reading<ChatMember>.Unknown => new Identification.Unknown(Doubt.ChatAway),
            _ => new Identification.Refused(new Refusal.ChatAccountNotServed(MemberStanding.Deleted)),
        };
    }

    /// <summary>
    /// Accounts on any platform that are proved to be this person's, both ways. Unknown only when nothing was found
    /// and a source could not answer.
    /// </summary>
    public async Task<Reading<IReadOnlyList<ChatAccount>>> FindAccounts(Person person, CancellationToken ct)
    {
        var proved = new HashSet<ChatAccount>();
        Doubt? doubt = null;
        foreach (var platform in platforms.Values)
        {
            foreach (var source in sources)
            {
                switch (await source.FindAccounts(person, platform, ct))
                {
                    case Reading<IReadOnlyList<ChatAccount>>.Unknown unknown:
                        doubt = unknown.Why;
                        break;
                    case Reading<IReadOnlyList<ChatAccount>>.Known candidates:
                        foreach (var candidate in candidates.Value.Where(candidate => !proved.Contains(candidate)))
                        {
                            switch (await Identify(candidate, ct))
                            {
                                case Identification.Proved found when found.Person.Id == person.Id:
                                    proved.Add(candidate);
                                    break;
                                case Identification.Unknown unknown:
                                    doubt = unknown.Why;
                                    break;
                            }
                        }

                        break;
                }
            }
        }

        return proved.Count == 0 && doubt is { } why
            ? new Reading<IReadOnlyList<ChatAccount>>.Unknown(why)
            : new Reading<IReadOnlyList<ChatAccount>>.Known([.. proved]);
    }

    private async Task<Identification> Identify(ChatMember member, CancellationToken ct)
    {
        var served = member.Standing == MemberStanding.Full
            || (member.Standing == MemberStanding.Guest && options.GuestsOn.Contains(member.Account.Platform));
        if (!served)
            return new Identification.Refused(new Refusal.ChatAccountNotServed(member.Standing));

        Person? person = null;
        string? proof = null;
        foreach (var source in sources)
        {
            switch (await source.FindPeople(member, ct))
            {
                case Reading<IReadOnlyList<Person>>.Unknown unknown:
                    return new Identification.Unknown(unknown.Why);
                case Reading<IReadOnlyList<Person>>.Known { Value: { Count: > 0 } found }:
                    if (found.Count > 1 || (person is not null && person.Id != found[0].Id))
                        return new Identification.Refused(new Refusal.SeveralPeople(member.Account));
                    person ??= found[0];
                    proof ??= source.Name;
                    break;
            }
        }

        return person is null
            ? new Identification.Refused(new Refusal.NotLinked(member.Account, byLogin))
            : new Identification.Proved(person, proof!);
    }
}

/// <summary>Whose a chat account is.</summary>
public abstract record Identification
{
    private protected Identification()
    {
    }

    /// <param name="Proof">The first source that named the person.</param>
    public sealed record Proved(Person Person, string Proof) : Identification;

    public sealed record Refused(Refusal Why) : Identification;

    public sealed record Unknown(Doubt Why) : Identification;
}
