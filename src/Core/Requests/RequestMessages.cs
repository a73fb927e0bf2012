using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Requests;

/// <summary>A request as each reader sees it, drawn from what is true now.</summary>
public static class RequestMessages
{
    /// <summary>Those of before are in the audit.</summary>
    private const int QuestionsShown = 5;

    /// <summary>An approver's copy. Who does not decide in the present stage, or has, reads how far it has come.</summary>
    /// <param name="reader">Null: a channel's copy, where everybody sees the buttons; who may press them is found out at the click.</param>
    public static ChatMessage Decide(AccessRequest request, ChatAccount? reader, Grant? grant, Retry? retry = null)
    {
        var pending = request.State as RequestState.Pending;
        var asked = pending is not null && (reader is not { } one || request.IsAsked(one));
        return new ChatMessage
        {
            Title = pending is null
                ? $"{Outcome(request)}: {request.TargetName} for {Sentences.Beneficiary(request)}"
                : request.Emergency ? $"{Sentences.Requester(request)} has taken {request.TargetName} in an emergency"
                : request.Extends is not null ? $"{Sentences.Requester(request)} asks to extend {request.TargetName}"
                : $"{Sentences.Requester(request)} asks for {request.TargetName}",
            Lines = pending is not null && request.Emergency ? ["Approve confirms it. Deny takes it away at once; so does nobody deciding in time."] : [],
            Facts =
            [
                .. Facts(request),
                .. pending is not null && reader is null && request.Approvers.Asked.Count > 0 ? [new Fact("Decided by", Sentences.List(request.Approvers.Asked, 8))] : Array.Empty<Fact>(),
                .. pending is null ? [] : new[] { new Fact("Decide before", pending.LapsesAt) },
            ],
            Actions = pending is null ? RevokeActions(request, grant)
                : !asked ? []
                :
                [
                    new ChatAction("Approve", new ChatIntent.Approve(request.Id), ActionStyle.Primary),
                    new ChatAction("Deny", new ChatIntent.Deny(request.Id), ActionStyle.Danger),
                    new ChatAction("Shorten", new ChatIntent.Shorten(request.Id)),
                    new ChatAction("Ask", new ChatIntent.Question(request.Id)),
                ],
            ButtonsFor = pending is not null && reader is null ? request.Approvers.Accounts : [],
            Small = pending is null ? GrantStatus(request, grant, retry) : Checking(request) ?? (asked ? null : "It waits for the decision of others."),
        };
    }

    /// <summary>The requester's copy.</summary>
    public static ChatMessage Follow(AccessRequest request, Grant? grant, Retry? retry = null) => new()
    {
        Title = request.State switch
        {
            RequestState.Received => $"Your request for {request.TargetName} is taken",
            RequestState.Pending when request.Emergency => $"You took {request.TargetName} in an emergency; it waits to be confirmed",
            RequestState.Pending => $"Your request for {request.TargetName} waits for a decision",
            _ => $"{Outcome(request)}: your request for {request.TargetName}",
        },
        Lines = [.. FollowLines(request)],
        Facts = [.. Facts(request)],
        Actions = [.. OwnActions(request), .. request.Filing.ForOther ? [] : HolderActions(request.Id, grant)],
        Small = request.State.IsOpen ? Checking(request) ?? GrantStatus(request, grant, retry) : GrantStatus(request, grant, retry),
    };

    /// <summary>What the requester can do.</summary>
    public static IReadOnlyList<ChatAction> OwnActions(AccessRequest request) => request.State switch
    {
        RequestState.Received => [new ChatAction("Cancel request", new ChatIntent.Cancel(request.Id))],
        RequestState.Pending =>
        [
            .. request.Unanswered is { } question ? [Answer(request.Id, question)] : Array.Empty<ChatAction>(),
            new ChatAction("Remind approvers", new ChatIntent.Nudge(request.Id)),
            new ChatAction("Cancel request", new ChatIntent.Cancel(request.Id)),
        ],
        _ => [],
    };

    /// <summary>What the holder of a live grant can do.</summary>
    public static IReadOnlyList<ChatAction> HolderActions(RequestId request, Grant? grant) => grant?.State switch
    {
        GrantState.Active { EndsAt: not null } => [new ChatAction("Extend", new ChatIntent.Extend(request)), GiveBack(request)],
        GrantState.Active => [GiveBack(request)],
        _ => [],
    };

    /// <summary>What those who decided, and the security team, can do about a live grant.</summary>
    /// <param name="label">Where several stand side by side, it says whose.</param>
    public static ChatAction Revoke(RequestId request, string target, string beneficiary, string label = "Revoke") => new(label, new ChatIntent.Revoke(request), ActionStyle.Danger)
    {
        Question = new ActionQuestion("Revoke access?", $"{beneficiary} loses {target} at once, and has to ask again to get it back.", "Revoke"),
    };

    private static IReadOnlyList<ChatAction> RevokeActions(AccessRequest request, Grant? grant) =>
        grant?.State is GrantState.Active ? [Revoke(request.Id, request.TargetName, Sentences.Beneficiary(request))] : [];

    private static ChatAction GiveBack(RequestId request) => new("Give back", new ChatIntent.Return(request))
    {
        Question = new ActionQuestion("Give it back?", "It is taken away at once. You would have to ask again to get it back.", "Give back"),
    };

    /// <summary>The root of the thread in the audit channel.</summary>
    public static ChatMessage Audit(AccessRequest request, Grant? grant, Retry? retry = null) => new()
    {
        Title = $"{request.Filing.Person?.Name ?? request.Filing.From?.ToString() ?? "Somebody"} asks {(request.Extends is null ? "for" : "to extend")} {request.TargetName}",
        Facts = [.. Facts(request), new Fact("Status", request.State.IsOpen ? "open" : Outcome(request))],
        Small = request.State.IsOpen ? Checking(request) ?? GrantStatus(request, grant, retry) : GrantStatus(request, grant, retry),
    };

    /// <summary>Tells the requester how it went; the follow-up card alone would not ring a bell.</summary>
    public static ChatMessage? OutcomeNote(AccessRequest request) => request.State switch
    {
        RequestState.Approved { By: { } by } when request.Emergency => new ChatMessage { Title = $"{by.Name} confirmed {request.TargetName}, which you took in an emergency" },
        RequestState.Denied denied => new ChatMessage
        {
            Title = $"{denied.By.Name} denied your request for {request.TargetName}",
            Lines = denied.Reason is null ? [] : [denied.Reason],
        },
        RequestState.Lapsed => new ChatMessage
        {
            Title = $"Nobody decided in time on your request for {request.TargetName}",
            Lines = ["Ask again with /request-access if you still need it, and tell one of the approvers."],
        },
        RequestState.Refused refused => new ChatMessage { Title = $"Your request for {request.TargetName} was refused", Lines = [Sentences.For(refused.Why)] },
        _ => null,
    };

    /// <summary>To whoever can answer: who filed it, and who is to hold it.</summary>
    public static IReadOnlyList<Note> QuestionNotes(AccessRequest request, Question question) =>
    [
        .. new[] { request.Filing.From, request.Filing.Holder }.OfType<ChatAccount>().Distinct().Select(account => new Note
        {
            Key = $"question:{question.Id:N}:{account}",
            Subject = Work.Subject.Of(request.Id),
            Audience = new Audience.Person(account),
            Message = new ChatMessage
            {
                Title = $"{question.By.Name} has a question about the request for {request.TargetName}",
                Lines = [question.Text],
                Actions = [Answer(request.Id, question)],
            },
        }),
    ];

    /// <summary>To whoever asked, where that was in chat.</summary>
    public static IReadOnlyList<Note> AnswerNotes(AccessRequest request, Question question) => question is { From: { } asker, Answer: { } answer }
        ?
        [
            new Note
            {
                Key = $"answer:{question.Id:N}",
                Subject = Work.Subject.Of(request.Id),
                Audience = new Audience.Person(asker),
                Message = new ChatMessage
                {
                    Title = $"{answer.By.Name} answers your question about {request.TargetName}",
                    Lines = [answer.Text],
                    Small = "Decide with the buttons of the request.",
                },
            },
        ]
        : [];

    private static ChatAction Answer(RequestId request, Question question) => new("Answer", new ChatIntent.Answer(request, question.Id), ActionStyle.Primary);

    private static string Outcome(AccessRequest request) => request.State switch
    {
        RequestState.Approved { By: { } by } when request.Emergency => $"Confirmed (approved) by {by.Name}",
        RequestState.Approved { By: { } by } => $"Approved by {by.Name}",
        RequestState.Approved => "Approved by rule",
        RequestState.Denied denied => $"Denied by {denied.By.Name}",
        RequestState.Cancelled { By: { } by } => $"Cancelled by {by.Name}",
        RequestState.Cancelled => $"Cancelled by {Sentences.Requester(request)}",
        RequestState.Lapsed => "Not decided in time",
        RequestState.Refused => "Refused",
        _ => "Open",
    };

    private static IEnumerable<Fact> Facts(AccessRequest request)
    {
        yield return new Fact("Access", request.TargetName);
        if (request.Filing.Person is { } requester)
            yield return new Fact("Requester", requester.Name);
        if (request.Beneficiary is { } beneficiary && beneficiary.Id != request.Filing.Person?.Id)
            yield return new Fact("For", beneficiary.Name);
        yield return new Fact(request.Extends is null ? "How long" : "How much longer", Sentences.For(request.Length));
        if (request.Allowed != request.Length)
            yield return new Fact("Approved for", Sentences.For(request.Allowed));
        yield return new Fact("Why", request.Justification);
        if (request.Ticket is { } ticket)
            yield return new Fact("Ticket", ticket);
        if (Progress(request) is { } progress)
            yield return new Fact("Approvals", progress);
        if (request.Rule is { Risk: not Policies.Risk.Low and var risk })
            yield return new Fact("Risk", risk == Policies.Risk.High ? "high: a decision counts after a fresh login" : "medium");
        if (request.EffectiveRoles.Count > 0)
            yield return new Fact("Gives", Sentences.List(request.EffectiveRoles, 8));
        foreach (var question in request.Questions.TakeLast(QuestionsShown))
        {
            yield return new Fact($"{question.By.Name} asks", question.Text);
            if (question.Answer is { } answer)
                yield return new Fact($"{answer.By.Name} answers", answer.Text);
        }

        if (request.State is RequestState.Denied { Reason: { Length: > 0 } reason })
            yield return new Fact("Reason of the denial", reason);
    }

    /// <summary><c>1 of 2: Bob Brown</c>, for each stage where there are several; null where one approval is all it takes.</summary>
    private static string? Progress(AccessRequest request)
    {
        if (request.Rule is not { Stages: { } stages } || stages is [{ Approvals: 1 }])
            return null;

        return string.Join("; ", stages.Select((stage, index) =>
        {
            var approved = request.Approvals(index).Select(vote => ((VoteState.Counted)vote.State).By.Name).ToList();
            var line = $"{approved.Count} of {stage.Approvals}{(approved.Count == 0 ? "" : $": {Sentences.List(approved, 5)}")}";
            return stages.Count == 1 ? line : $"stage {index + 1}: {line}";
        }));
    }

    private static IEnumerable<string> FollowLines(AccessRequest request)
    {
        if (request.State is RequestState.Pending && request.Approvers.Asked.Count > 0)
            yield return $"Asked: {Sentences.List(request.Approvers.Asked, 8)}.";
        if (request.State is RequestState.Pending && request.Approvers.Unreachable.Count > 0)
            yield return $"Cannot be reached in chat: {Sentences.List(request.Approvers.Unreachable, 8)}.";
        if (request.State is RequestState.Refused refused)
            yield return Sentences.For(refused.Why);
    }

    private static string? Checking(AccessRequest request)
    {
        if (request.HeldUpBy is { } doubt)
            return $"{Sentences.For(doubt)} Nothing is lost: it goes on by itself.";
        return request.Uncounted.Any() ? "A decision is recorded and being checked."
            : request.Unconfirmed.Any() ? "A decision is recorded, and waits for a login of whoever made it."
            : null;
    }

    private static string? GrantStatus(AccessRequest request, Grant? grant, Retry? retry) => grant?.State switch
    {
        null => request.State is RequestState.Approved ? "The access is being set up." : null,
        GrantState.Waiting or GrantState.Started when retry is not null =>
            $"Not set up in Keycloak yet, tried since {Instant(retry.Since)}. {Sentences.For(retry.Why)} It is tried again by itself.",
        GrantState.Waiting or GrantState.Started => "The access is being set up in Keycloak.",
        GrantState.Active { EndsAt: { } end } => $"Granted, until {Instant(end)}.",
        GrantState.Active => "Granted, without an end.",
        // An instant, not how long ago: a card is not drawn again while nothing changes.
        GrantState.Ending ending when retry is not null =>
            $"Should have ended {Instant(ending.EndedAt)}: {Sentences.For(ending.Why)}. {Sentences.For(retry.Why)} It is tried again by itself until it is taken away.",
        GrantState.Ending ending => $"Is being taken away: {Sentences.For(ending.Why)}.",
        GrantState.Ended ended => $"Ended {Instant(ended.At)}: {Sentences.For(ended.Why)}. {Sentences.For(ended.Outcome)}",
        GrantState.Failed failed => $"Not granted: {Sentences.For(failed.Why)}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
    private static string Instant(DateTimeOffset at) => $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";
}
