using System.Diagnostics;
using System.Globalization;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Chat;

/// <summary>The words for everything that people are told: short, exact, and what to do next.</summary>
public static class Sentences
{
    public static string For(Refusal why) => why switch
    {
        Refusal.UnknownRequest => "There is no such request any more. Nothing was changed. Type /request-access status to see yours.",
        Refusal.NotReady => "This request is still being prepared. Please try again in a moment.",
        Refusal.AlreadyDecided { By: { } by } decided => $"This request was already {decided.Outcome} by {by.Name}. Your click changed nothing, and nothing more is needed from you.",
        Refusal.AlreadyDecided decided => $"This request is already closed ({decided.Outcome}). Your click changed nothing, and nothing more is needed from you.",
        Refusal.AlreadyVoted => "Your decision on this request is already recorded. Nothing more is needed from you, unless I sent you a message that asks you to log in.",
        Refusal.TooLate => "The time to decide on this request is over. If the access is still needed, it has to be asked for again.",
        Refusal.OwnRequest => "Nobody decides on their own request. Ask another approver to do it.",
        Refusal.NotAnApprover => "You are not among the people who decide on this. If you should be, ask a Keycloak administrator to add you to the approver group.",
        Refusal.UnknownQuestion => "There is no such question any more. Nothing was changed. Type /request-access status to see your requests.",
        Refusal.AlreadyAnswered answered => $"This was already answered by {answered.By.Name}. Nothing more is needed from you.",
        Refusal.EnoughAsked enough => $"At most {enough.Maximum} questions are asked about a request. Ask the requester in a message of your own, or decide.",
        Refusal.NotYours => "Only the person who asked can do this. Ask them to.",
        Refusal.NotStaff staff => $"This is only for {string.Join(" and ", staff.Offices.Select(For))}. If you should be among them, ask a Keycloak administrator.",
        Refusal.TooSoon soon => $"They were reminded a short while ago. You can have them reminded again at {soon.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC.",
        Refusal.PersonDisabled => "The Keycloak account is disabled. Ask a Keycloak administrator.",
        Refusal.NotAHuman => "Service accounts can neither ask for access nor decide. Ask from an account of your own.",
        Refusal.PersonGone => "The Keycloak account no longer exists. Ask a Keycloak administrator.",
        Refusal.NotLinked { ByLogin: true } => "Your chat account is not connected to a Keycloak account. Type /request-access link to connect it, then try again.",
        Refusal.NotLinked => "Your chat account is not connected to a Keycloak account. Ask a Keycloak administrator to connect it, then try again.",
        Refusal.SeveralPeople => "Your chat account fits several Keycloak accounts, so it proves nothing. Ask a Keycloak administrator to correct this, then try again.",
        Refusal.ChatAccountNotServed refused => $"{Standing(refused.Standing)} Ask a Keycloak administrator for the access.",
        Refusal.NotOffered => "This is no longer offered for request. Type /request-access to see what is.",
        Refusal.Unusable unusable => $"This cannot be requested now, because its rules in Keycloak need mending: {string.Join("; ", unusable.Problems)}. Ask a Keycloak administrator.",
        Refusal.TargetGone => "This no longer exists in Keycloak. Type /request-access to see what is offered.",
        Refusal.Administrative => "This gives the right to administer Keycloak itself; such access is never given here. Ask a Keycloak administrator.",
        Refusal.NotEligible eligible => $"Only members of {List(eligible.Groups, 5)} may ask for this. If you should be one of them, ask a Keycloak administrator.",
        Refusal.Excluded excluded => $"This must not be held together with {excluded.Other} (separation of duties). Give that back first, then ask again.",
        Refusal.NotForEmergencies => "This cannot be taken before it is decided on. Ask for it in the usual way.",
        Refusal.EmergencyOfOthers => "In an emergency people take access for themselves alone. Ask for it in the usual way, or ask the person to take it.",
        Refusal.NotOnBehalf => "This service may not ask for access on behalf of people. Ask a Keycloak administrator for the role that allows it.",
        Refusal.NotForThem => "This cannot be asked for on behalf of this person now. Ask them to ask for it themselves: they are told why.",
        Refusal.EnoughForOthers enough => $"At most {enough.Maximum} requests of yours on behalf of others are open at once. Ask the approvers to decide on those first.",
        Refusal.UnknownTarget target => $"Nothing that can be requested is called \"{target.Text}\". Choose a name, path or id of what is offered.",
        Refusal.SeveralTargets several => $"Several things are called \"{several.Text}\": {List(several.Names, 20)}. Choose one by its id.",
        Refusal.SeveralPeopleNamed several => $"Several people are called \"{several.Text}\". Name one by the username or the id.",
        Refusal.TooManyAtOnce many => $"At most {many.Maximum} requests are filed at once, one for each target and person. Ask for them in several calls.",
        Refusal.UnknownBundle bundle => $"There is no bundle called \"{bundle.Name}\". Ask for its targets one by one, or ask an administrator.",
        Refusal.NotOneForEmergencies only => $"Only members of {List(only.Groups, 5)} may take this in an emergency. Ask for it in the usual way.",
        Refusal.NoLongerByRule => "The rule that approved this by itself does so no longer. Ask for it again, and the approvers decide.",
        Refusal.EmergencyDenied denied => $"You took this in an emergency before, and it was denied ({denied.At.UtcDateTime:yyyy-MM-dd}). Ask for it in the usual way, or ask the security team to allow it again.",
        Refusal.NothingToExtend => "There is no access with an end here that could be extended. Type /request-access to ask for it anew.",
        Refusal.LongEnough longest => $"It has been granted for as long in a row as its rules allow ({Span(longest.Maximum)}). Ask for it anew once it has ended.",
        Refusal.GrantOver => "It has ended already, or is being taken away. Type /request-access to ask for it anew.",
        Refusal.NotOneHeld { Held.Count: 0 } => "You hold nothing that was given here. Type /request-access to ask for something.",
        Refusal.NotOneHeld { Name: "" } held => $"Say which: {List(held.Held, 10)}.",
        Refusal.NotOneHeld held => $"Not exactly one of what you hold is called \"{held.Name}\". Say which: {List(held.Held, 10)}.",
        Refusal.TooLong tooLong => $"At most {Span(tooLong.Maximum)}. Choose a shorter time.",
        Refusal.EndRequired => "This is only given for a limited time. Choose how long.",
        Refusal.ReasonTooShort reason => $"Say why in {reason.Minimum} characters or more.",
        Refusal.ReasonTooLong reason => $"Say why in {reason.Maximum} characters or less.",
        Refusal.ReasonDoesNotMatch reason => $"Say why with {reason.Pattern} in it.",
        Refusal.TicketMissing => "Name the ticket that this belongs to.",
        Refusal.TicketDoesNotMatch ticket => $"Name a ticket that matches {ticket.Pattern}.",
        Refusal.ImpossibleValue impossible => $"The value for \"{impossible.Field}\" is none that this form offers. Pick one and send it again.",
        Refusal.NobodyMayDecide nobody => $"{NoDeciderIn(List(nobody.Groups, 5), nobody.Because)}, so nobody could decide. Ask a Keycloak administrator to add an approver.",
        Refusal.NobodyReachable nobody => $"None of the approvers can be reached in chat: {List(nobody.Approvers, 5)}. Ask one of them to have their chat account connected to Keycloak, or ask a Keycloak administrator.",
        Refusal.QuorumOutOfReach quorum => $"It needs the approval of {People(quorum.Needed)}, but only {List(quorum.Reachable, 5)} can be asked{(quorum.Unreachable.Count == 0 ? "" : $"; {List(quorum.Unreachable, 5)} cannot be reached in chat")}. Ask a Keycloak administrator to add an approver.",
        Refusal.NoLongerAnApprover => "You approved this, but you were no longer among the people who decide on it when the last approval came. If you should be, ask a Keycloak administrator to add you to the approver group.",
        Refusal.LoginNeeded login => $"The risk of this access is high, so a decision needs a login of the last {Span(login.MaxAge)}. If you log in to Keycloak again, decide with the new token.",
        Refusal.NotConfirmed => $"It needed a login of yours to confirm it, and none came within {Span(AccessRequest.ConfirmLimit)}. If the request is still open, decide again and log in.",
        Refusal.AlreadyOpen => "You have already asked for this, and it is not decided yet. Type /request-access status to see how far it is, or to have the approvers reminded.",
        Refusal.DirectoryAwayTooLong away => $"{For(away.Why)} The request was given up; please ask again.",
        Refusal.NotCheckedInTime { TimeIsOver: true } late => $"{For(late.Why)} A decision that cannot be checked for a day does not count, and the time to decide on this request is over. If the access is still needed, it has to be asked for again.",
        Refusal.NotCheckedInTime late => $"{For(late.Why)} A decision that cannot be checked for a day does not count. The request is still open: please decide again.",
        _ => throw new UnreachableException(),
    };

    public static string For(Doubt why) => why switch
    {
        Doubt.Away => "Keycloak does not answer.",
        Doubt.Forbidden => "Keycloak does not let the bot do this; an administrator has to check its permissions.",
        Doubt.Unauthorized => "Keycloak does not accept the bot's credentials; an administrator has to check them.",
        Doubt.Unreadable => "Keycloak's answer makes no sense.",
        Doubt.OtherRealm => "Keycloak answers for another realm than before; nothing is changed until an administrator has looked.",
        Doubt.MuchIsGone => "Much is gone from Keycloak at once; for a day nothing is ended for that, and an administrator should look.",
        Doubt.Frozen => "The security team has stopped all new access for now.",
        Doubt.ChatAway => "The chat platform does not say who somebody is.",
        Doubt.NotConfirmed => "Keycloak does not show the change yet.",
        _ => throw new UnreachableException(),
    };

    public static string For(Office office) => office switch
    {
        Office.Administrator => "administrators of the bot",
        Office.Security => "the security team",
        _ => throw new UnreachableException(),
    };

    public static string For(GrantFailure why) => why switch
    {
        GrantFailure.NotAllowed notAllowed => For(notAllowed.Why),
        GrantFailure.OutOfTime { LastDoubt: { } doubt } => $"It could not be made in time. {For(doubt)}",
        GrantFailure.OutOfTime => "It could not be made in time.",
        _ => throw new UnreachableException(),
    };

    public static string For(EndReason why) => why switch
    {
        EndReason.Expired => "its time is over",
        EndReason.GivenBack => "it was given back",
        EndReason.Revoked => "it was revoked",
        EndReason.Denied => "it was taken in an emergency, and denied",
        EndReason.NotConfirmedInTime => "it was taken in an emergency, and nobody confirmed it in time",
        EndReason.PersonDisabled => "the Keycloak account is disabled",
        EndReason.PersonGone => "the Keycloak account no longer exists",
        EndReason.TargetGone => "it no longer exists in Keycloak",
        EndReason.TargetAdministrative => "it has come to give the right to administer Keycloak itself",
        EndReason.NoLongerEligible => "its holder no longer belongs to those who may have it",
        EndReason.NoLongerAllowed => "its rules no longer allow it",
        EndReason.RemovedOutside => "somebody took it away in Keycloak",
        EndReason.NeverConfirmed => "Keycloak never confirmed it",
        EndReason.NotGivenAgain => "an earlier removal took it away late, and it could not be given again",
        _ => throw new UnreachableException(),
    };

    public static string For(EndOutcome outcome) => outcome switch
    {
        EndOutcome.Removed => "Taken away in Keycloak and checked.",
        EndOutcome.KeptForOtherGrant => "Another grant of the same access goes on, so nothing was taken away.",
        EndOutcome.KeptHeldBefore => "It was held before, so nothing was taken away.",
        EndOutcome.KeptAddedOutside => "Somebody gave it again in Keycloak meanwhile, so nothing was taken away.",
        EndOutcome.AlreadyGone => "It was gone already.",
        _ => throw new UnreachableException(),
    };

    /// <summary><c>8 hours</c>, <c>1 day 4 hours</c>: at most two units, nothing rounded up.</summary>
    public static string Span(TimeSpan length)
    {
        (long Number, string Unit)[] units =
        [
            ((long)length.TotalDays, "day"), (length.Hours, "hour"), (length.Minutes, "minute"), (length.Seconds, "second"),
        ];
        var parts = units.SkipWhile(unit => unit.Number == 0).Take(2).Where(unit => unit.Number > 0)
            .Select(unit => $"{unit.Number.ToString(CultureInfo.InvariantCulture)} {unit.Unit}{(unit.Number == 1 ? "" : "s")}").ToList();
        return parts.Count == 0 ? "less than a second" : string.Join(' ', parts);
    }

    public static string For(AccessLength length) => length switch
    {
        AccessLength.For span => Span(span.Length),
        AccessLength.Window window => $"{window.From:yyyy-MM-dd HH:mm} to {window.To:yyyy-MM-dd HH:mm} UTC",
        AccessLength.WithoutEnd => "no end",
        _ => throw new UnreachableException(),
    };

    /// <summary>Names in a row; what is more than <paramref name="max"/> is counted.</summary>
    public static string List(IReadOnlyList<string> names, int max) => names.Count <= max
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(max))} and {names.Count - max} more";

    public static string Requester(AccessRequest request) => request.Filing.Person?.Name ?? "Somebody";

    public static string Beneficiary(AccessRequest request) => request.Beneficiary?.Name ?? Requester(request);

    private static string People(int count) => count == 1 ? "one more person" : $"{count.ToString(CultureInfo.InvariantCulture)} more people";

    private static string NoDeciderIn(string groups, NoDecider because) => because switch
    {
        NoDecider.OnlyOwn => $"Nobody but you has an enabled account in {groups}",
        NoDecider.NoMembers => $"Nobody belongs to {groups}",
        NoDecider.AllHaveDecided => $"Everybody in {groups} who could decide has done so already",
        NoDecider.NoneActive => $"Nobody in {groups} has an enabled account of a person",
        _ => throw new UnreachableException(),
    };

    private static string Standing(MemberStanding standing) => standing switch
    {
        MemberStanding.Guest => "Guests are not served here.",
        MemberStanding.Bot => "Bots are not served.",
        MemberStanding.Deleted => "This chat account is deactivated.",
        MemberStanding.Foreign => "People of other organizations are not served here.",
        _ => "This chat account is not served.",
    };
}
