using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Logins;

/// <summary>Gives an account that is served an address at which to log in; an earlier one is void from then on.</summary>
public sealed class BeginLink(
    Identities identities, IEnumerable<IChatPlatform> platforms, ILinks links, ILogins logins, LoginAvailability availability, PeopleOptions options, ICommits commits, IIds ids, TimeProvider time)
{
    public async Task<CommitResult> Run(Command.BeginLink command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        if (!availability.IsOn || !options.Sources.Contains(IdentitySource.Link))
            return await Refuse(command.By, "Accounts are not connected by a login here. Ask a Keycloak administrator to connect yours.");

        switch (await identities.Identify(command.By, ct))
        {
            case Identification.Refused { Why: not Refusal.NotLinked and var why }:
                return await Refuse(command.By, Sentences.For(why));
            case Identification.Unknown:
                return await Refuse(command.By, LoginSentences.For(LoginTrouble.Away));
        }

        if (await links.Of(command.By, ct) is not null)
            return await Refuse(command.By, LoginSentences.For(LoginTrouble.AccountLinked));
        if (await platforms.First(platform => platform.Platform == command.By.Platform).ReadMember(command.By, ct) is not Reading<ChatMember>.Known { Value: var member })
            return await Refuse(command.By, LoginSentences.For(LoginTrouble.Away));

        var now = time.GetUtcNow();
        var login = Login.Offer(new LoginId(ids.Next()), member, new LoginPurpose.Link(), now);
        var before = await logins.FindOpenLink(command.By, ct);
        return await commits.Commit(new Changes
        {
            Under = lease,
            Release = new Release.Done(),
            Logins =
            [
                .. before is null ? Array.Empty<Versioned<Login>>() : [before with { Value = before.Value.GiveUp(LoginTrouble.Replaced, now) }],
                new Versioned<Login>(login, 0),
            ],
            Notes = [LinkMessages.Offer(login, delivery)],
            Audit = [LinkAudit.Begun(command.By, now)],
        }, ct);

        Task<CommitResult> Refuse(ChatAccount by, string sentence) => commits.Commit(
            new Changes { Under = lease, Release = new Release.Done(), Notes = [LinkMessages.Refused(by, delivery, sentence)] }, ct);
    }
}
