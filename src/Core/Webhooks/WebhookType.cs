namespace ChatGovernance.Core.Webhooks;

/// <summary>
/// What events are called, and all that there are. The words are part of the format and never change their meaning; their beginning says
/// what they are about, so that a receiver can choose by it.
/// </summary>
public static class WebhookType
{
    public const string Prefix = "io.chatgovernance.";

    public const string RequestReceived = Prefix + "request.received";
    public const string RequestPending = Prefix + "request.pending";
    public const string RequestEmergency = Prefix + "request.emergency";
    public const string QuestionAsked = Prefix + "request.question-asked";
    public const string QuestionAnswered = Prefix + "request.question-answered";
    public const string Approved = Prefix + "outcome.approved";
    public const string Denied = Prefix + "outcome.denied";
    public const string Cancelled = Prefix + "outcome.cancelled";
    public const string Lapsed = Prefix + "outcome.lapsed";
    public const string Refused = Prefix + "outcome.refused";
    public const string GrantActive = Prefix + "grant.active";
    public const string GrantExtended = Prefix + "grant.extended";
    public const string GrantConfirmed = Prefix + "grant.confirmed";
    public const string GrantRestored = Prefix + "grant.restored";
    public const string GrantFailed = Prefix + "grant.failed";
    public const string EndBegun = Prefix + "end.begun";
    public const string EndFinished = Prefix + "end.finished";
    public const string RemovedOutside = Prefix + "drift.removed-outside";
    public const string AddedOutside = Prefix + "drift.added-outside";
    public const string Anchored = Prefix + "audit.anchored";

    public static readonly IReadOnlyList<string> All =
    [
        RequestReceived, RequestPending, RequestEmergency, QuestionAsked, QuestionAnswered, Approved, Denied, Cancelled, Lapsed, Refused,
        GrantActive, GrantExtended, GrantConfirmed, GrantRestored, GrantFailed, EndBegun, EndFinished, RemovedOutside, AddedOutside, Anchored,
    ];
}
