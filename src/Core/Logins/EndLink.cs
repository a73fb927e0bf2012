using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Logins;

/// <summary>
/// Ends a link: the account its own, an administrator anybody's. Everybody who was ever linked stays an owner of what they asked
/// for, so that nobody comes to decide on it by unlinking.
/// </summary>
public sealed class EndLink(Identities identities, Administrators administrators, AccessChecks checks, ILinks links, ICommits commits, TimeProvider time)
{
    public const string ForAdministrators = "Only administrators of the bot may do this. Without a name it ends your own connection: /request-access unlink.";

    public async Task<CommitResult> Run(Command.EndLink command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        if (command.Whom is null)
            return await links.Of(command.By, ct) is { } own ? await End(own, own.Person) : await Tell("Your chat account is not connected by a login.");

        switch (await WhoAdministers(identities, administrators, command.By, ct))
        {
            case Reading<PersonRef>.Unknown unknown:
                return await Tell(Sentences.For(unknown.Why));
            case not Reading<PersonRef>.Known:
                return await Tell(ForAdministrators);
            case Reading<PersonRef>.Known { Value: var administrator }:
                return await Find(command, ct) switch
                {
                    [] => await Tell($"Nobody is connected by a login who is called \"{Text.Cut(command.Whom, 80)}\". Type /request-access links to see who is."),
                    [var link] => await End(link, administrator),
                    var several => await Tell($"Several fit; name one of these accounts: {Sentences.List([.. several.Select(link => link.Account.Handle)], 10)}."),
                };
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

    /// <summary>Absent: not an administrator.</summary>
    internal static async Task<Reading<PersonRef>> WhoAdministers(Identities identities, Administrators administrators, ChatAccount account, CancellationToken ct) =>
        await identities.Identify(account, ct) switch
        {
            Identification.Unknown unknown => new Reading<PersonRef>.Unknown(unknown.Why),
            Identification.Proved proved => await administrators.Include(proved.Person, ct) switch
            {
                Reading<bool>.Known { Value: true } => new Reading<PersonRef>.Known(proved.Person.Ref),
                Reading<bool>.Unknown unknown => new Reading<PersonRef>.Unknown(unknown.Why),
                _ => new Reading<PersonRef>.Absent(),
            },
            _ => new Reading<PersonRef>.Absent(),
        };

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
