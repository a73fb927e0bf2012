using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.People;

/// <summary>Says who acts: whose a chat account is, or what the directory says now of the one whom it named by a token.</summary>
public sealed class Actors(Identities identities, IDirectory directory)
{
    /// <summary>How somebody is known who showed a token.</summary>
    public const string TokenProof = "token";

    public async Task<Identification> Identify(Actor actor, CancellationToken ct) => actor switch
    {
        Actor.InChat chat => await identities.Identify(chat.Account, ct),
        Actor.Caller caller => await directory.ReadPerson(caller.Person, ct) switch
        {
            Reading<Person>.Known { Value: { Enabled: true } person } => new Identification.Proved(person, TokenProof),
            Reading<Person>.Known => new Identification.Refused(new Refusal.PersonDisabled()),
            Reading<Person>.Unknown unknown => new Identification.Unknown(unknown.Why),
            _ => new Identification.Refused(new Refusal.PersonGone()),
        },
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
