using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Chat;

/// <summary>Shows people their own page, and makes good what they could not be told before they could be spoken to.</summary>
public sealed class Welcome(ICards cards, IRequests requests, IEntitlements entitlements, ICommits commits, TimeProvider time)
{
    /// <summary>Of what waits longer, most is over; what is not has been asked of others.</summary>
    private const int AtMost = 50;

    /// <summary>More pending requests than this are not looked at.</summary>
    private const int MostRequests = 5000;

    public async Task<CommitResult> Run(Command.ShowHome command, Lease lease, CancellationToken ct)
    {
        var home = RequestChanges.HomeCard(command.By);
        return await commits.Commit(Done(lease) with { Cards = [home], Lost = command.Anew ? await ShownBefore(home, ct) : [] }, ct);
    }

    public async Task<CommitResult> Run(Command.Arrive command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        // Who could not be asked may be one of those whom the platform did not know before.
        foreach (var request in (await requests.Pending(MostRequests, ct)).Where(request => request.Approvers.Unreachable.Count > 0))
            await AskingAgain.Run(requests, commits, request.Id, ct);

        var home = RequestChanges.HomeCard(command.By);
        var waiting = new List<Card>();
        foreach (var card in await cards.GivenUp(new Audience.Person(command.By), AtMost, ct))
        {
            if (await GoesOn(card.Key.Subject, ct))
                waiting.Add(card);
        }

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

    /// <summary>What is over is not shown anew to somebody who comes back.</summary>
    private async Task<bool> GoesOn(Subject subject, CancellationToken ct) => subject.IsRequest(out var id)
        && (await requests.Load(id, ct) is { Value.State.IsOpen: true } || await entitlements.FindGrant(id, ct) is { Grant.State.IsOver: false });

    private async Task<IReadOnlyList<LostCard>> ShownBefore(CardKey home, CancellationToken ct) =>
        await cards.Find(home, ct) is { Place: { } place, Id: var id } ? [new LostCard(id, place)] : [];

    private static Changes Done(Lease lease) => new() { Under = lease, Release = new Release.Done() };
}
