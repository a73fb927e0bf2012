using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.Core.Logins;

/// <summary>Whether a person may be linked to an account: asked when they have logged in, and again when the code comes.</summary>
internal abstract record LinkCheck
{
    private LinkCheck()
    {
    }

    public sealed record Fine(Person Person) : LinkCheck;

    public sealed record Refused(LoginTrouble Why) : LinkCheck;
}

internal static class LinkChecks
{
    /// <summary>There, enabled, human, not our own account, and not linked to another account of the same workspace or tenant.</summary>
    public static async Task<LinkCheck> CheckForLink(this AccessChecks checks, ILinks links, PersonId person, ChatAccount account, CancellationToken ct)
    {
        if (await checks.ReadRealm(ct) is not Reading<DirectoryIdentity>.Known { Value: var realm })
            return new LinkCheck.Refused(LoginTrouble.Away);

        return await checks.CheckPerson(person, realm, ct) switch
        {
            PersonCheck.Unknown => new LinkCheck.Refused(LoginTrouble.Away),
            PersonCheck.Refused => new LinkCheck.Refused(LoginTrouble.NotUsable),
            PersonCheck.Fine when (await links.Of(person, ct)).Any(link => link.Account.Platform == account.Platform && link.Account.Tenant == account.Tenant) =>
                new LinkCheck.Refused(LoginTrouble.PersonLinked),
            PersonCheck.Fine fine => new LinkCheck.Fine(fine.Person),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The person's proved accounts but this one. What cannot be read now is not told; the audit has it.</summary>
    public static async Task<IReadOnlyList<ChatAccount>> OtherAccounts(
        this ILinks links, Identities identities, AccessChecks checks, PersonId person, ChatAccount but, CancellationToken ct)
    {
        if (await checks.ReadRealm(ct) is not Reading<DirectoryIdentity>.Known { Value: var realm } || await checks.CheckPerson(person, realm, ct) is not PersonCheck.Fine { Person: var found })
            return [];

        var proved = await identities.FindAccounts(found, ct) is Reading<IReadOnlyList<ChatAccount>>.Known { Value: var accounts } ? accounts : [];
        return [.. proved.Where(account => account != but)];
    }
}
