using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Audit;

/// <summary>Audit rows about requests and votes. Field names are part of the format.</summary>
internal static class RequestAudit
{
    public static AuditEntry Received(AccessRequest request, DateTimeOffset now) => Row(AuditKind.RequestReceived, request, now) with
    {
        Facts = Facts(request, ("length", Sentences.For(request.Length)), ("account", request.Filing.From?.ToString()), ("logged-in", request.Filing.LoggedIn?.Value), ("client", request.Filing.Client), ("for-other", request.Filing.ForOther ? "true" : null)),
        Personal = Texts(("requester", request.Filing.Person?.Name), ("beneficiary", request.Beneficiary?.Name), ("justification", request.Justification), ("ticket", request.Ticket)),
    };

    public static AuditEntry Pending(AccessRequest request, DateTimeOffset now) => Row(AuditKind.RequestPending, request, now) with
    {
        Facts = Facts(
            request,
            ("rule", request.Rule?.Version), ("policy", request.Rule?.Policy),
            ("groups", string.Join(' ', request.Rule?.Stages[0].Groups.Select(group => group.Id.Value) ?? [])),
            ("roles", string.Join(' ', request.EffectiveRoles))),
        Personal = Texts(
            ("requester", request.Filing.Person?.Name),
            ("beneficiary", request.Beneficiary?.Name),
            ("asked", string.Join(", ", request.Approvers.Asked))),
    };

    public static AuditEntry Taken(AccessRequest request, DateTimeOffset confirmBy, DateTimeOffset now) => Row(AuditKind.EmergencyTaken, request, now) with
    {
        Facts = Facts(
            request,
            ("rule", request.Rule?.Version), ("policy", request.Rule?.Policy), ("confirm-by", GrantAudit.Instant(confirmBy)),
            ("roles", string.Join(' ', request.EffectiveRoles))),
        Personal = Texts(("requester", request.Filing.Person?.Name), ("beneficiary", request.Beneficiary?.Name)),
    };

    public static AuditEntry StageBegun(AccessRequest request, int stage, DateTimeOffset now) => Row(AuditKind.StageBegun, request, now) with
    {
        Facts = Facts(
            request,
            ("stage", Number(stage + 1)), ("stages", Number(request.Rule!.Stages.Count)),
            ("groups", string.Join(' ', request.Rule.Stages[stage].Groups.Select(group => group.Id.Value)))),
        Personal = Texts(("asked", string.Join(", ", request.Approvers.Asked))),
    };

    public static AuditEntry Escalated(AccessRequest request, DateTimeOffset now) => Row(AuditKind.RequestEscalated, request, now) with
    {
        Facts = Facts(request, ("groups", string.Join(' ', request.Rule!.Escalation.Select(group => group.Id.Value)))),
        Personal = Texts(("asked", string.Join(", ", request.Approvers.Asked))),
    };

    /// <param name="by">Who wanted it: <c>requester</c>, or <c>half-way</c> of the time.</param>
    public static AuditEntry Reminded(AccessRequest request, string by, DateTimeOffset now) => Row(AuditKind.ApproversReminded, request, now) with
    {
        Facts = Facts(request, ("by", by)),
    };

    public static AuditEntry Asked(AccessRequest request, Question question, Actor by, DateTimeOffset now) => Row(AuditKind.QuestionAsked, request, now) with
    {
        Facts = Facts(request, ("question", question.Id.ToString("N")), ("by", question.By.Id.Value), ("account", by.ToString())),
        Personal = Texts(("by", question.By.Name), ("text", question.Text)),
    };

    public static AuditEntry Answered(AccessRequest request, Question question, Actor by, DateTimeOffset now) => Row(AuditKind.QuestionAnswered, request, now) with
    {
        Facts = Facts(request, ("question", question.Id.ToString("N")), ("by", question.Answer!.By.Id.Value), ("account", by.ToString())),
        Personal = Texts(("by", question.Answer.By.Name), ("text", question.Answer.Text)),
    };

    public static AuditEntry Unreachable(AccessRequest request, PersonRef approver, DateTimeOffset now) => Row(AuditKind.ApproverUnreachable, request, now) with
    {
        Facts = Facts(request, ("approver", approver.Id.Value)),
        Personal = Texts(("approver", approver.Name)),
    };

    public static AuditEntry Cast(AccessRequest request, Vote vote, DateTimeOffset now) => Row(AuditKind.VoteCast, request, now) with
    {
        Facts = Facts(request, [.. VoteFacts(vote), ("logged-in-at", vote.State is VoteState.Cast { By: { } by } ? GrantAudit.Instant(by.At) : null)]),
    };

    public static AuditEntry AwaitsLogin(AccessRequest request, Vote vote, DateTimeOffset now) => Row(AuditKind.VoteAwaitsLogin, request, now) with
    {
        Facts = Facts(request, VoteFacts(vote)),
    };

    public static AuditEntry Confirmed(AccessRequest request, Vote vote, PersonRef by, string? level, DateTimeOffset now) => Row(AuditKind.VoteConfirmed, request, now) with
    {
        Facts = Facts(request, [.. VoteFacts(vote), ("by", by.Id.Value), ("acr", level)]),
        Personal = Texts(("by", by.Name)),
    };

    public static AuditEntry ConfirmationRefused(AccessRequest request, Vote vote, string why, string sentence, DateTimeOffset now) => Row(AuditKind.ConfirmationRefused, request, now) with
    {
        Facts = Facts(request, [.. VoteFacts(vote), ("why", why)]),
        Personal = Texts(("sentence", sentence)),
    };

    public static AuditEntry Counted(AccessRequest request, Vote vote, PersonRef by, string proof, DateTimeOffset now) => Row(AuditKind.VoteCounted, request, now) with
    {
        Facts = Facts(request, [.. VoteFacts(vote), ("by", by.Id.Value), ("proof", proof)]),
        Personal = Texts(("by", by.Name), ("reason", vote.Reason)),
    };

    public static AuditEntry Dropped(AccessRequest request, Vote vote, Refusal why, DateTimeOffset now) => Row(AuditKind.VoteDropped, request, now) with
    {
        Facts = Facts(request, [.. VoteFacts(vote), ("why", why.GetType().Name)]),
        Personal = Texts(("sentence", Sentences.For(why))),
    };

    public static AuditEntry VoteRefused(AccessRequest request, Actor caster, Choice choice, Refusal why, DateTimeOffset now) => Row(AuditKind.VoteRefused, request, now) with
    {
        Facts = Facts(request, ("account", caster.ToString()), ("choice", Word(choice)), ("why", why.GetType().Name)),
        Personal = Texts(("sentence", Sentences.For(why))),
    };

    /// <summary>How the request ended.</summary>
    public static AuditEntry Outcome(AccessRequest request, DateTimeOffset now) => request.State switch
    {
        RequestState.Approved approved => Row(AuditKind.RequestApproved, request, now) with
        {
            Facts = Facts(request, ("by", approved.By?.Id.Value), ("by-rule", approved.ByRule), ("rule", request.Rule?.Version), ("policy", request.Rule?.Policy)),
            Personal = Texts(("by", approved.By?.Name), ("requester", request.Filing.Person?.Name), ("beneficiary", request.Beneficiary?.Name)),
        },
        RequestState.Denied denied => Row(AuditKind.RequestDenied, request, now) with
        {
            Facts = Facts(request, ("by", denied.By.Id.Value), ("rule", request.Rule?.Version), ("policy", request.Rule?.Policy)),
            Personal = Texts(("by", denied.By.Name), ("reason", denied.Reason), ("beneficiary", request.Beneficiary?.Name)),
        },
        RequestState.Cancelled cancelled => Row(AuditKind.RequestCancelled, request, now) with
        {
            Facts = Facts(request, ("by", cancelled.By?.Id.Value), ("account", request.Filing.From?.ToString())),
            Personal = Texts(("by", cancelled.By?.Name)),
        },
        RequestState.Lapsed => Row(AuditKind.RequestLapsed, request, now) with { Facts = Facts(request, ("rule", request.Rule?.Version), ("policy", request.Rule?.Policy)) },
        RequestState.Refused refused => Row(AuditKind.RequestRefused, request, now) with
        {
            Facts = Facts(request, ("why", refused.Why.GetType().Name), ("rule", request.Rule?.Version), ("policy", request.Rule?.Policy)),
            Personal = Texts(("sentence", Sentences.For(refused.Why))),
        },
        _ => throw new InvalidOperationException("The request has no outcome yet."),
    };

    private static AuditEntry Row(string kind, AccessRequest request, DateTimeOffset now) => new() { Kind = kind, Subject = Subject.Of(request.Id), At = now };

    private static (string, string?)[] VoteFacts(Vote vote) => [("vote", vote.Id.ToString("N")), ("account", vote.Caster.ToString()), ("choice", Word(vote.Choice)), ("at-most", vote.AtMost is { } limit ? Sentences.Span(limit) : null)];

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Word(Choice choice) => choice == Choice.Approve ? "approve" : "deny";

    private static Dictionary<string, string> Facts(AccessRequest request, params (string, string?)[] more) => Texts(
    [
        ("target", request.Target.ToString()), ("target-name", request.TargetName),
        ("requester", request.Filing.Person?.Id.Value), ("beneficiary", request.Beneficiary?.Id.Value), .. more,
    ]);

    private static Dictionary<string, string> Texts(params (string Field, string? Text)[] fields) =>
        fields.Where(field => !string.IsNullOrEmpty(field.Text)).ToDictionary(field => field.Field, field => field.Text!);
}
