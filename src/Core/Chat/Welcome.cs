using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Chat;

/// <summary>Shows people their own page, and makes good what they could not be told before they could be spoken to.</summary>
public sealed class Welcome(ICards cards, ICommits commits, TimeProvider time)
{
    /// <summary>Of what waits longer, most is over; what is not has been asked of others.</summary>
    private const int AtMost = 50;

    public async Task<CommitResult> Run(Command.ShowHome command, Lease lease, CancellationToken ct)
    {
        var home = RequestChanges.HomeCard(command.By);
        return await commits.Commit(Done(lease) with { Cards = [home], Lost = command.Anew ? await ShownBefore(home, ct) : [] }, ct);
    }

    public async Task<CommitResult> Run(Command.Arrive command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var home = RequestChanges.HomeCard(command.By);
        var waiting = await cards.GivenUp(new Audience.Person(command.By), AtMost, ct);
        return await commits.Commit(Done(lease) with
        {
            Cards = [home],
            Lost = await ShownBefore(home, ct),
            Revived = [.. waiting.Select(card => card.Id)],
            Notes =
            [
                new Note
                {
                    Key = $"welcome:{delivery.Id}",
                    Subject = Subject.Of(command.By),
                    Audience = new Audience.Person(command.By),
                    Message = new ChatMessage
                    {
                        Title = "Hello! Here you ask for access, and decide on what others ask for",
                        Lines = ["Write \"request access\" and what you need, \"status\" for what you have, or \"help\" for everything else."],
                    },
                },
            ],
            Audit = [.. waiting.Select(card => Audit.MessageAudit.Revived(card.Key.Subject, card.Key.Audience, time.GetUtcNow()))],
        }, ct);
    }

    private async Task<IReadOnlyList<LostCard>> ShownBefore(CardKey home, CancellationToken ct) =>
        await cards.Find(home, ct) is { Place: { } place, Id: var id } ? [new LostCard(id, place)] : [];

    private static Changes Done(Lease lease) => new() { Under = lease, Release = new Release.Done() };
}
