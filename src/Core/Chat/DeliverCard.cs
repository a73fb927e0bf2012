using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Chat;

/// <summary>Brings one card up to date: posts it, adopts what an uncertain post left, or changes it. Ten changes in a second are one.</summary>
public sealed class DeliverCard(ICards cards, IRequests requests, DrawCard draw, IEnumerable<IChat> chats, ICommits commits, IIds ids, TimeProvider time)
{
    /// <summary>What it is about is not there; an offer is over after a while, and stays as it is.</summary>
    private const string NothingToShow = "nothing-to-show";

    private readonly Dictionary<People.ChatPlatform, IChat> chats = chats.ToDictionary(chat => chat.Platform);

    public async Task Run(Lease lease, CancellationToken ct)
    {
        var card = await cards.Load(long.Parse(lease.Id, System.Globalization.CultureInfo.InvariantCulture), ct);
        if (card is null || card.Dead is not null || card.Shown >= card.Wanted)
        {
            await commits.Commit(new Changes { Under = lease, Release = new Release.Done() }, ct);
            return;
        }

        if (!chats.TryGetValue(card.Key.Audience.Platform, out var chat))
        {
            await GiveUp(card, "platform-off", lease, ct);
            return;
        }

        switch (await draw.Run(card.Key, ct))
        {
            case Drawing.Page page when card.Key.Audience is Audience.Person person && (card.Place is not null || !chat.HomeIsMessage):
                await Settle(card, card, await chat.ShowHome(person.Account, page.Content, card.Place, ct), lease, ct);
                break;
            case Drawing.Page page when card.Key.Audience is Audience.Person person:
                await Post(card, chat, _ => chat.ShowHome(person.Account, page.Content, null, ct), lease, ct);
                break;
            case Drawing.Message message when card.Place is { } place:
                await Settle(card, card, await chat.Update(place, message.Content, ct), lease, ct);
                break;
            case Drawing.Message message:
                await Post(card, chat, key => chat.Post(card.Key.Audience, null, message.Content, key, ct), lease, ct);
                break;
            default:
                await GiveUp(card, NothingToShow, lease, ct);
                break;
        }
    }

    /// <summary>Sets a card aside on which work threw again and again.</summary>
    /// <param name="code">One word for what went wrong, nothing personal.</param>
    public async Task<CommitResult> GiveUp(Lease lease, string code, CancellationToken ct) =>
        await cards.Load(long.Parse(lease.Id, System.Globalization.CultureInfo.InvariantCulture), ct) is { } card
            ? await GiveUp(card, code, lease, ct)
            : CommitResult.LeaseLost;

    private async Task Post(Card card, IChat chat, Func<Guid, Task<Sent>> post, Lease lease, CancellationToken ct)
    {
        switch (await new Posting(chat, time, ids).Next(card.Key.Audience, null, card.Attempt, ct))
        {
            case PostingStep.Begin begin:
                var attempted = card with { Attempt = begin.Attempt };
                if (await commits.Commit(new Changes { Under = lease, Card = attempted, Audit = Posting.Audit(begin, card.Key.Subject, card.Key.Audience) }, ct) == CommitResult.Saved)
                    await Settle(card, attempted, await post(begin.Attempt.Key), lease, ct);
                break;
            case PostingStep.Adopt adopt:
                // What is there may show an older state: it is brought up to date next.
                await Save(card with { Place = adopt.Place, Attempt = null }, new Release.Later(time.GetUtcNow()), lease, ct);
                break;
            case PostingStep.Wait wait:
                await Save(card, new Release.Later(wait.Until), lease, ct);
                break;
            case PostingStep.GiveUp giveUp:
                await GiveUp(card, giveUp.Code, lease, ct);
                break;
        }
    }

    /// <param name="before">As it was before this try: what is kept when nothing was sent.</param>
    private async Task Settle(Card before, Card tried, Sent sent, Lease lease, CancellationToken ct)
    {
        switch (sent)
        {
            case Sent.Done done:
                await Save(tried with { Place = tried.Key.Purpose == CardPurpose.Home && !chats[tried.Key.Audience.Platform].HomeIsMessage ? null : done.Place, Attempt = null, Shown = tried.Wanted, Failures = 0 }, new Release.Done(), lease, ct);
                break;
            case Sent.Uncertain:
                await Later(tried, sent, lease, ct);
                break;
            case Sent.Missing when tried.Place is not null:
                await Later(tried with { Place = null, Attempt = null }, sent, lease, ct);
                break;
            case var _ when SendPolicy.GivesUp(sent, tried.Key.Audience, tried.Failures):
                await GiveUp(tried with { Attempt = null }, SendPolicy.Code(sent), lease, ct);
                break;
            default:
                await Later(before, sent, lease, ct);
                break;
        }
    }

    private Task Later(Card card, Sent sent, Lease lease, CancellationToken ct) =>
        Save(card with { Failures = SendPolicy.Count(sent, card.Failures) }, new Release.Later(SendPolicy.Again(sent, card.Failures, time.GetUtcNow())), lease, ct);

    private Task Save(Card card, Release release, Lease lease, CancellationToken ct) =>
        commits.Commit(new Changes { Under = lease, Release = release, Card = card }, ct);

    private async Task<CommitResult> GiveUp(Card card, string code, Lease lease, CancellationToken ct)
    {
        for (var conflicts = 0; ;)
        {
            var now = time.GetUtcNow();
            var given = new Changes
            {
                Under = lease,
                Release = new Release.Done(),
                Card = card with { Dead = code },
                Audit = card.Key.Purpose == CardPurpose.Home || (card.Key.Purpose == CardPurpose.Offer && code == NothingToShow) ? [] : [MessageAudit.SetAside(card.Key.Subject, card.Key.Audience, code, now)],
            };
            var about = card.Key.Purpose == CardPurpose.Decide && card.Key.Subject.IsRequest(out var id) ? await requests.Load(id, ct) : null;
            var saved = await commits.Commit(about is { Value.State.IsOpen: true } open ? WithOthersAsked(given, card, code, open) : given, ct);
            if (saved != CommitResult.Conflict)
                return saved;
            if (++conflicts == Conflicts.AtMost)
                return await commits.Commit(Conflicts.BackToTheQueue(lease, now), ct);
        }
    }

    private static string Trouble(string code, string? target) => code == Posting.Unanswered
        ? $"It is not certain that one approver of {target} was told: the chat did not answer"
        : $"One approver of {target} cannot be reached in chat";

    /// <summary>Nobody is left unasked because a channel is out of reach; and whoever waits for one approver in vain is told.</summary>
    private static Changes WithOthersAsked(Changes given, Card card, string code, Versioned<AccessRequest> open)
    {
        var request = open.Value;
        if (card.Key.Audience is Audience.Channel)
        {
            var lost = request with { ChannelLost = true };
            return given with { Request = open with { Value = lost }, Cards = RequestChanges.DecideCards(lost, lost.Approvers.Accounts) };
        }

        return request.Filing.From is not { } requester ? given : given with
        {
            Notes = [RequestChanges.Tell(requester, $"approver-unreachable:{card.Id}", card.Key.Subject, Trouble(code, request.TargetName), "The others can still decide. If nobody does, ask an approver to get in touch with a Keycloak administrator.")],
        };
    }
}
