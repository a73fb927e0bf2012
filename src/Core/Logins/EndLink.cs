using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Logins;

/// <summary>
/// Ends a link: the account its own, an administrator anybody's. Everybody who was ever linked stays an owner of what they asked
/// for, so that nobody comes to decide on it by unlinking.
/// </summary>
public sealed class EndLink(Identities identities, Staff staff, AccessChecks checks, ILinks links, ICommits commits, TimeProvider time)
{
    private const string ForAdministrators = "Only administrators of the bot may do this. Without a name it ends your own connection: /request-access unlink.";

    public async Task<CommitResult> Run(Command.EndLink command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        if (command.Whom is null)
            return await links.Of(command.By, ct) is { } own ? await End(own, own.Person) : await Tell("Your chat account is not connected by a login.");

        switch (await staff.Admit(command.By, [Office.Administrator], ct))
        {
            case Admission.Unknown unknown:
                return await Tell(Sentences.For(unknown.Why));
            case Admission.Refused:
                return await Tell(ForAdministrators);
            case Admission.Granted { Person.Ref: var administrator }:
                return await Find(command, ct) switch
                {
                    [] => await Tell($"Nobody is connected by a login who is called \"{Text.Cut(command.Whom, 80)}\". Type /request-access links to see who is."),
                    [var link] => await End(link, administrator),
                    var several => await Tell($"Several fit; name one of these accounts: {Sentences.List([.. several.Select(link => link.Account.Handle)], 10)}."),
                };
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        async Task<CommitResult> End(Link link, PersonRef by)
        {
            var now = time.GetUtcNow();
            var others = (await links.OtherAccounts(identities, checks, link.Person.Id, link.Account, ct)).ToList();
            if (link.Account != command.By && !others.Contains(command.By))
                others.Add(command.By);
            return await commits.Commit(Done() with
            {
                Link = new LinkChange.Ended(link.Id, now),
                Notes = LinkMessages.Ended(link, by, others),
                Audit = [LinkAudit.Ended(link, by, command.By, now)],
            }, ct);
        }

        Task<CommitResult> Tell(string sentence) => commits.Commit(Done() with { Notes = [LinkMessages.NotDone(command.By, delivery, sentence)] }, ct);

        Changes Done() => new() { Under = lease, Release = new Release.Done() };
    }

    /// <summary>By a mention, the ids of an account, the user id alone in the administrator's own workspace, or a username.</summary>
    private async Task<IReadOnlyList<Link>> Find(Command.EndLink command, CancellationToken ct)
    {
        var whom = command.Whom!.Trim().TrimStart('@');
        if (whom.StartsWith("<@", StringComparison.Ordinal) && whom.EndsWith('>'))
            whom = whom[2..^1].Split('|')[0];
        var platform = command.By.Platform == ChatPlatform.Slack ? "slack" : "teams";
        foreach (var written in (string[])[whom, $"{platform}:{whom}", $"{platform}:{command.By.Tenant}/{whom}"])
        {
            if (ChatAccount.TryParse(written, out var account) && await links.Of(account, ct) is { } link)
                return [link];
        }

        return await links.Named(whom, ct);
    }
}
