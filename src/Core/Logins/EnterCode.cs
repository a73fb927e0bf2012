using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Logins;

/// <summary>
/// Makes a link once the code comes from the very account that the login was begun for. Whoever else was sent the address has
/// proved nothing by it: the code is worth nothing in another account. All that the link rests on is read again.
/// </summary>
public sealed class EnterCode(Identities identities, ILinks links, ILogins logins, AccessChecks checks, ICommits commits, IIds ids, TimeProvider time)
{
    public async Task<CommitResult> Run(Command.EnterCode command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (LoginCode.Read(command.Code) is not { } code)
            return await Tell(LoginSentences.NotACode);
        if (await logins.FindOpenLink(command.By, ct) is not { Value.State: LoginState.LoggedIn waiting } found)
            return await Tell(LoginSentences.NoCodeExpected);
        if (found.Value.WhyClosed(delivery.ReceivedAt) is { } closed)
            return await Save(found.Value.GiveUp(closed, now), closed);
        if (!LoginCode.Fits(waiting.Code, found.Value.Id, code))
        {
            var after = found.Value.Mistype(now);
            return after.State is LoginState.Void gone
                ? await Save(after, gone.Why)
                : await commits.Commit(Done() with { Logins = [found with { Value = after }], Notes = [Refused(WrongOnce(after))] }, ct);
        }

        return await Check(command.By, waiting, ct) switch
        {
            // Nothing is used up: the same code works once it can be checked.
            LoginTrouble.Away => await Tell(LoginSentences.For(LoginTrouble.Away)),
            { } trouble => await Save(found.Value.GiveUp(trouble, now), trouble),
            null => await Link(found, waiting),
        };

        async Task<CommitResult> Link(Versioned<Login> login, LoginState.LoggedIn by)
        {
            var link = new Link(new LinkId(ids.Next()), command.By, by.Person, by.Username, now);
            var others = await links.OtherAccounts(identities, checks, by.Person.Id, command.By, ct);
            return await commits.Commit(Done() with
            {
                Logins = [login with { Value = login.Value.Finish(now) }],
                Link = new LinkChange.Made(link),
                Matches = [new Match(command.By, by.Person, IdentitySource.Link, now)],
                Notes = LinkMessages.Made(link, login.Value, others),
                Audit = [LinkAudit.Made(link, now)],
            }, ct);
        }

        Task<CommitResult> Save(Login login, LoginTrouble why) => commits.Commit(Done() with
        {
            Logins = [found! with { Value = login }],
            Notes = [Refused(LoginSentences.For(why))],
            Audit = [LinkAudit.Refused(command.By, why, now, waiting.Person)],
        }, ct);

        Task<CommitResult> Tell(string sentence) => commits.Commit(Done() with { Notes = [Refused(sentence)] }, ct);

        Changes Done() => new() { Under = lease, Release = new Release.Done() };

        Note Refused(string sentence) => LinkMessages.Refused(command.By, delivery, sentence);
    }

    private static string WrongOnce(Login login) =>
        $"That is not the code that the page shows. After {Login.WrongCodes - ((LoginState.LoggedIn)login.State).Wrong} more it is void.";

    /// <summary>What speaks against the link now; null: nothing does.</summary>
    private async Task<LoginTrouble?> Check(ChatAccount account, LoginState.LoggedIn waiting, CancellationToken ct)
    {
        if (await links.Of(account, ct) is not null)
            return LoginTrouble.AccountLinked;

        switch (await identities.Identify(account, ct))
        {
            case Identification.Unknown:
                return LoginTrouble.Away;
            case Identification.Proved proved when proved.Person.Id != waiting.Person.Id:
            case Identification.Refused { Why: Refusal.SeveralPeople }:
                return LoginTrouble.ProvedOtherwise;
            case Identification.Refused { Why: not Refusal.NotLinked }:
                return LoginTrouble.NotUsable;
        }

        return await checks.CheckForLink(links, waiting.Person.Id, account, ct) is LinkCheck.Refused refused ? refused.Why : null;
    }
}
