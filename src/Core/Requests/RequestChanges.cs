using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>What a step of a request brings with it: cards to draw again, people to tell, audit rows.</summary>
internal static class RequestChanges
{
    public static CardKey FollowCard(AccessRequest request, People.ChatAccount account) => new(Subject.Of(request.Id), new Audience.Person(account), CardPurpose.Follow);

    public static CardKey DecideCard(AccessRequest request, People.ChatAccount account) => new(Subject.Of(request.Id), new Audience.Person(account), CardPurpose.Decide);

    /// <summary>The copies that those who decide see: one in the channel where there is one, else one for each account.</summary>
    public static IReadOnlyList<CardKey> DecideCards(AccessRequest request, IEnumerable<People.ChatAccount> accounts) =>
        request.Channel is { } channel ? [ChannelCard(request, channel)] : [.. accounts.Select(account => DecideCard(request, account))];

    public static CardKey ChannelCard(AccessRequest request, People.ChatChannel channel) => new(Subject.Of(request.Id), new Audience.Channel(channel), CardPurpose.Decide);

    public static CardKey AuditCard(AccessRequest request, People.ChatPlatform platform) => new(Subject.Of(request.Id), new Audience.AuditChannel(platform), CardPurpose.Audit);

    public static CardKey HomeCard(People.ChatAccount account) => new(Subject.Of(account), new Audience.Person(account), CardPurpose.Home);

    /// <summary>Requests that are new: all of them or none.</summary>
    public static Changes File(IReadOnlyList<AccessRequest> filed, IEnumerable<People.IChatPlatform> platforms, DateTimeOffset now) => new()
    {
        Filed = filed,
        Cards = [.. filed.SelectMany(request => platforms.Where(platform => platform.HasAuditChannel).Select(platform => AuditCard(request, platform.Platform)))],
        Audit = [.. filed.Select(request => RequestAudit.Received(request, now))],
    };

    /// <summary>Every copy, and the requester's own page.</summary>
    public static IReadOnlyList<CardTouch> Touch(AccessRequest request) =>
    [
        new CardTouch(Subject.Of(request.Id)),
        .. request.Filing.From is { } account ? [new CardTouch(Subject.Of(account))] : Array.Empty<CardTouch>(),
    ];

    /// <summary>Of those who were asked: once it is closed it no longer waits for them.</summary>
    public static async Task<IEnumerable<CardTouch>> PagesOfApprovers(AccessRequest request, ICards cards, CancellationToken ct) =>
        (await cards.AudiencesOf(Subject.Of(request.Id), CardPurpose.Decide, ct)).OfType<Audience.Person>().Select(person => person.Account)
            .Union(request.Approvers.Accounts).Select(account => new CardTouch(Subject.Of(account)));

    /// <summary>Tells the requester, once, how an open request ended.</summary>
    public static IReadOnlyList<Note> OutcomeNotes(AccessRequest request) =>
        request.Filing.From is { } account && RequestMessages.OutcomeNote(request) is { } message
            ? [new Note { Key = $"outcome:{request.Id}", Subject = Subject.Of(request.Id), Audience = new Audience.Person(account), Message = message }]
            : [];

    /// <summary>Tells casters whose votes were set aside between two states of a request, with audit rows.</summary>
    public static (IReadOnlyList<Note> Notes, IReadOnlyList<AuditEntry> Audit) Dropped(AccessRequest before, AccessRequest after, DateTimeOffset now)
    {
        var notes = new List<Note>();
        var audit = new List<AuditEntry>();
        foreach (var vote in after.Votes)
        {
            if (vote.State is not Approvals.VoteState.Dropped dropped || before.Votes.FirstOrDefault(v => v.Id == vote.Id)?.State is Approvals.VoteState.Dropped)
                continue;

            // What speaks against the request is said as that, not as if it spoke against who decides.
            var (title, line) = after.State is RequestState.Refused refused
                ? ($"Your decision on {after.TargetName} is not needed any more", $"The request was refused. Why {Sentences.Beneficiary(after)} cannot have it: {Sentences.For(refused.Why)}")
                : ($"Your decision on {after.TargetName} does not count", Sentences.For(dropped.Why));
            if (vote.Caster.From is { } caster)
                notes.Add(Tell(caster, $"vote-dropped:{vote.Id:N}", Subject.Of(after.Id), title, line));
            audit.Add(RequestAudit.Dropped(after, vote, dropped.Why, now));
        }

        return (notes, audit);
    }

    /// <summary>Nothing comes of what somebody wanted: they are told why.</summary>
    public static Changes Refused(People.ChatAccount by, Judgement.Refused refused, string what, StoredDelivery delivery, Lease lease) => refused.Besides with
    {
        Under = lease,
        Release = new Release.Done(),
        Notes = [Tell(by, $"refused:{delivery.Id}", Subject.Of(by), $"{refused.About ?? "This request"}: {what}", Sentences.For(refused.Why))],
    };

    /// <summary>A word to one person alone.</summary>
    public static Note Tell(People.ChatAccount account, string key, Subject subject, string title, string line) => new()
    {
        Key = key,
        Subject = subject,
        Audience = new Audience.Person(account),
        Message = new ChatMessage { Title = title, Lines = [line] },
    };
}
