using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Logins;

/// <summary>Tells an administrator who is linked to what.</summary>
public sealed class ShowLinks(Staff staff, ILinks links, ICommits commits)
{
    private const int Most = 40;

    public async Task<CommitResult> Run(Command.ShowLinks command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var note = await staff.Admit(command.By, [Office.Administrator], ct) switch
        {
            Admission.Granted => await List(command, delivery, ct),
            Admission.Unknown unknown => LinkMessages.NotDone(command.By, delivery, Sentences.For(unknown.Why)),
            _ => LinkMessages.NotDone(command.By, delivery, "Only administrators of the bot may see this."),
        };
        return await commits.Commit(new Changes { Under = lease, Release = new Release.Done(), Notes = [note] }, ct);
    }

    private async Task<Note> List(Command.ShowLinks command, StoredDelivery delivery, CancellationToken ct)
    {
        var newest = await links.Newest(Most + 1, ct);
        return new Note
        {
            Key = $"links:{delivery.Id}",
            Subject = Subject.Of(command.By),
            Audience = new Audience.Person(command.By),
            Message = new ChatMessage
            {
                Title = "Connected accounts",
                Lines =
                [
                    .. newest.Take(Most).Select(link => $"• {link.Account.Handle}: {link.Person.Name} ({link.Username}), since {link.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC"),
                    newest.Count == 0 ? "Nobody has connected an account by a login." : newest.Count > Most ? "… and older ones" : "/request-access unlink ACCOUNT or USERNAME ends one.",
                ],
            },
        };
    }
}
