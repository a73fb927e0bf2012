using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Chat;

/// <summary>A person's own page: what waits for them, what they hold, what they asked for.</summary>
public sealed class DrawHome(IOverview overview, IMatches matches, Identities identities, TimeProvider time)
{
    private const int AtMost = 15;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(2);

    public async Task<ChatHome> Run(ChatAccount account, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var person = await WhoIs(account, ct);
        var waiting = (await overview.Waiting(account, AtMost + 1, ct)).Where(request => request.IsAsked(account)).ToList();
        var held = person is { } known ? await overview.Held(known, AtMost + 1, ct) : [];
        var asked = await overview.Requests(account, person, AtMost + 1, ct);
        return new ChatHome(
        [
            Section("Waiting for your decision", waiting, request => Waiting(request), "Nothing waits for you."),
            Section("What you hold", held, grant => Held(grant, now), "You hold nothing that was given here."),
            Section("What you asked for", asked, request => Asked(request, account), "You have not asked for anything yet."),
        ],
        [new ChatAction("Request access", new ChatIntent.Ask(), ActionStyle.Primary)]);
    }

    /// <summary>The last proof is good enough to look at one's own page; without one, the directory is asked for a moment.</summary>
    private async Task<PersonId?> WhoIs(ChatAccount account, CancellationToken ct)
    {
        if ((await matches.Of(account, ct)) is [var latest, ..])
            return latest.Person.Id;
        return await Patiently.Ask(identities.Identify(account, ct), patience, time, ct) is Identification.Proved proved ? proved.Person.Id : null;
    }

    private static HomeSection Section<T>(string title, IReadOnlyList<T> all, Func<T, HomeItem> draw, string ifEmpty) =>
        new(title, [.. all.Take(AtMost).Select(draw)], ifEmpty, Math.Max(0, all.Count - AtMost));

    private static HomeItem Waiting(AccessRequest request) => new(
        $"{Sentences.Requester(request)} asks for {request.TargetName}",
        [new Fact("How long", Sentences.For(request.Length)), new Fact("Why", request.Justification)],
        [
            new ChatAction("Approve", new ChatIntent.Approve(request.Id), ActionStyle.Primary),
            new ChatAction("Deny", new ChatIntent.Deny(request.Id), ActionStyle.Danger),
        ]);

    private static HomeItem Held(HeldGrant held, DateTimeOffset now) => new(
        held.TargetName,
        held.Grant.State switch
        {
            GrantState.Active { EndsAt: { } end } => [new Fact("Ends", end), new Fact("Time left", end > now ? Sentences.Span(end - now) : "none")],
            GrantState.Active => [new Fact("Ends", "never")],
            GrantState.Ending ending when held.Retry is { } retry =>
            [
                new Fact("Should have ended", ending.EndedAt),
                new Fact("Status", $"is being taken away, {Sentences.Span(now - ending.EndedAt)} late. {Sentences.For(retry.Why)} It is tried again by itself."),
            ],
            GrantState.Ending => [new Fact("Status", "is being taken away")],
            _ when held.Retry is { } retry => [new Fact("Status", $"is being set up, for {Sentences.Span(now - retry.Since)} now. {Sentences.For(retry.Why)} It is tried again by itself.")],
            _ => [new Fact("Status", "is being set up")],
        },
        RequestMessages.HolderActions(held.Grant.Request, held.Grant));

    /// <summary>Of what somebody else asked for on their behalf, the approvers are that one's to remind.</summary>
    private static HomeItem Asked(AccessRequest request, ChatAccount account) => new(
        request.TargetName,
        [
            new Fact("Status", request.HeldUpBy is { } doubt ? $"{request.State.Name}; {Sentences.For(doubt)}" : request.State.Name),
            new Fact("Asked", request.ReceivedAt),
        ],
        [.. RequestMessages.OwnActions(request).Where(action => action.Intent is not ChatIntent.Nudge || request.IsFiledBy(account))]);
}
