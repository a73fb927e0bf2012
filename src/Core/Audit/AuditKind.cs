namespace ChatGovernance.Core.Audit;

/// <summary>What audit rows are called; the words are part of the format and never change their meaning.</summary>
public static class AuditKind
{
    public const string RequestReceived = "request.received";
    public const string RequestPending = "request.pending";
    public const string StageBegun = "request.stage-begun";
    public const string RequestEscalated = "request.escalated";
    public const string ApproversReminded = "request.approvers-reminded";
    public const string EmergencyTaken = "request.emergency";
    public const string RequestApproved = "request.approved";
    public const string RequestDenied = "request.denied";
    public const string RequestCancelled = "request.cancelled";
    public const string RequestLapsed = "request.lapsed";
    public const string RequestRefused = "request.refused";
    public const string VoteCast = "vote.cast";
    public const string VoteAwaitsLogin = "vote.awaits-login";
    public const string VoteConfirmed = "vote.confirmed";
    public const string ConfirmationRefused = "vote.confirmation-refused";
    public const string VoteCounted = "vote.counted";
    public const string VoteDropped = "vote.dropped";
    public const string VoteRefused = "vote.refused";
    public const string ApproverUnreachable = "approver.unreachable";
    public const string TenureOpened = "tenure.opened";
    public const string GrantWaiting = "grant.waiting";
    public const string GrantStarted = "grant.started";
    public const string GrantActive = "grant.active";
    public const string GrantExtended = "grant.extended";
    public const string GrantConfirmed = "grant.confirmed";
    public const string GrantFailed = "grant.failed";
    public const string GrantHeldUp = "grant.held-up";
    public const string GrantRestoring = "grant.restoring";
    public const string GrantRestored = "grant.restored";
    public const string GrantReminded = "grant.reminded";
    public const string GrantEnding = "grant.ending";
    public const string RemovalStarted = "grant.removal-started";
    public const string GrantEnded = "grant.ended";
    public const string TargetUnusable = "target.unusable";
    public const string TargetUsable = "target.usable";
    public const string LinkBegun = "link.begun";
    public const string LinkLoggedIn = "link.logged-in";
    public const string LinkMade = "link.made";
    public const string LinkRefused = "link.refused";
    public const string LinkEnded = "link.ended";
    public const string CommandRefused = "command.refused";
    public const string CommandSetAside = "command.set-aside";
    public const string InquiryAnswered = "inquiry.answered";
    public const string InquiryRefused = "inquiry.refused";
    public const string MessageSetAside = "message.set-aside";
    public const string AccessFrozen = "access.frozen";
    public const string AccessUnfrozen = "access.unfrozen";
    public const string EmergencyAllowed = "emergency.allowed";
    public const string RealmChanged = "realm.changed";
    public const string RealmReturned = "realm.returned";
    public const string MuchGone = "realm.much-gone";
    public const string MuchGoneOver = "realm.much-gone-over";
}
