using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.LoginPolicies;

namespace ChatGovernance.Core.Audit;

/// <summary>An audit row as one sentence for the security team.</summary>
public static class AuditSentences
{
    public static string For(AuditEntry entry)
    {
        string Fact(string field) => entry.Facts.GetValueOrDefault(field, "");
        string Name(string field) => entry.Personal.GetValueOrDefault(field, "somebody");
        string Because(string field) => entry.Personal.TryGetValue(field, out var reason) ? $" \"{reason}\"" : "";
        string Clause(string field) => Fact(field).TrimEnd('.');
        string Account() => Fact("account") is { Length: > 0 } account ? account : "somebody";
        string Sentence() => entry.Personal.GetValueOrDefault("sentence", $"{Clause("why")}.");
        string Rules(string field) => LoginRules.With(Fact(field), entry.Personal.GetValueOrDefault($"{field}-message", ""));
        string Asker() => (Fact("account"), Fact("client")) switch
        {
            ({ Length: > 0 } account, _) => $"{account} asks",
            (_, { Length: > 0 } client) when Fact("for-other").Length > 0 => $"{Name("requester")} asks (by {client}, on behalf of {Name("beneficiary")})",
            (_, { Length: > 0 } client) => $"{Name("requester")} asks (by {client})",
            _ => "somebody who logged in to Keycloak asks",
        };
        string Until() => Fact("until") is { Length: > 0 } until ? $"until {until}" : "without an end";

        return entry.Kind switch
        {
            AuditKind.RequestReceived => $"Request: {Asker()} for {Fact("target-name")}, {Fact("length")}.{Because("justification")}{Because("ticket")}",
            AuditKind.RequestPending => $"{Name("requester")} is the requester. Asked to decide: {Name("asked")}.",
            AuditKind.StageBegun => $"Stage {Fact("stage")} of {Fact("stages")} begins. Asked to decide: {Name("asked")}.",
            AuditKind.RequestEscalated => $"Escalated. Asked to decide now: {Name("asked")}.",
            AuditKind.ApproversReminded => Fact("by") == "requester" ? "The requester has the approvers reminded." : "Half of the time is over: the approvers are reminded.",
            AuditKind.QuestionAsked => $"{Name("by")} asks:{Because("text")}",
            AuditKind.QuestionAnswered => $"{Name("by")} answers:{Because("text")}",
            AuditKind.EmergencyTaken => $"Emergency: {Name("requester")} takes {Fact("target-name")} at once. It is taken away unless it is confirmed before {Fact("confirm-by")}.",
            AuditKind.RequestApproved when Fact("by-rule") is { Length: > 0 } rule => $"Decision: approved by rule for {Name("requester")} ({rule}, version {Fact("rule")}).",
            AuditKind.RequestApproved => $"Decision: approved by {Name("by")}.",
            AuditKind.RequestDenied => $"Decision: denied by {Name("by")}.{Because("reason")}",
            AuditKind.RequestCancelled when Fact("by") is { Length: > 0 } by && by != Fact("requester") => $"Cancelled by whom it was for ({Name("by")}).",
            AuditKind.RequestCancelled => $"Cancelled by who asked ({(entry.Personal.TryGetValue("by", out var withdrew) ? withdrew : Fact("account"))}).",
            AuditKind.RequestLapsed => "Nobody decided in time: the request has lapsed.",
            AuditKind.RequestRefused => $"The request was refused: {Sentence()}",
            AuditKind.VoteCast => $"A decision ({Fact("choice")}) of {Fact("account")} is recorded and being checked.",
            AuditKind.VoteAwaitsLogin => $"The decision ({Fact("choice")}) of {Fact("account")} waits for a fresh login, because the risk is high.",
            AuditKind.VoteConfirmed => $"{Name("by")} logged in to confirm the decision ({Fact("choice")}) of {Fact("account")}.",
            AuditKind.ConfirmationRefused => $"A login did not confirm the decision ({Fact("choice")}) of {Fact("account")}: {Sentence()}",
            AuditKind.VoteCounted => $"{Name("by")} decides: {Fact("choice")}{(Fact("at-most") is { Length: > 0 } limit ? $", at most {limit}" : "")} (proved by {Fact("proof")}).",
            AuditKind.VoteDropped => $"The decision ({Fact("choice")}) of {Fact("account")} does not count: {Sentence()}",
            AuditKind.VoteRefused => $"A decision ({Fact("choice")}) of {Fact("account")} was not taken: {Sentence()}",
            AuditKind.ApproverUnreachable => $"{Name("approver")} may decide, but no chat account is proved to be theirs.",
            AuditKind.TenureOpened => Fact("held-before") == "true"
                ? $"{Name("beneficiary")} holds {Fact("target-name")} already; it will not be taken away."
                : $"{Name("beneficiary")} does not hold {Fact("target-name")} yet.",
            AuditKind.GrantWaiting => $"{Fact("target-name")} is being given to {Name("beneficiary")}, {Fact("length")}.",
            AuditKind.GrantStarted => $"The change is sent to Keycloak; it ends {Until()} at the latest.",
            AuditKind.GrantActive => $"Granted: Keycloak confirms that {Name("beneficiary")} has {Fact("target-name")}, {Until()}.",
            AuditKind.GrantExtended => $"Extended: {Name("beneficiary")} has {Fact("target-name")} {Until()}.",
            AuditKind.GrantConfirmed => "What was taken in an emergency is confirmed.",
            AuditKind.GrantFailed => $"Not granted: {Clause("why")}. {Fact("outcome")}".TrimEnd(),
            AuditKind.GrantHeldUp => $"Waiting since {Fact("since")} ({Fact("step")}, {Fact("tries")} tries): {Clause("why")}. It goes on being tried.",
            AuditKind.GrantRestoring => $"A removal of ours from before ({Fact("removed-at")}) took effect late: {Fact("target-name")} is given to {Name("beneficiary")} again, {Until()}.",
            AuditKind.GrantRestored => $"Given again: Keycloak confirms that {Name("beneficiary")} has {Fact("target-name")}, {Until()}.",
            AuditKind.GrantReminded => $"{Name("beneficiary")} is reminded of the end.",
            AuditKind.GrantEnding => $"The end begins: {Clause("why")}{(entry.Personal.TryGetValue("by", out var ender) ? $" by {ender}" : "")}.",
            AuditKind.RemovalStarted => "The removal is sent to Keycloak.",
            AuditKind.GrantEnded => $"Ended: {Fact("target-name")} of {Name("beneficiary")}. {string.Join(' ', new[] { Fact("outcome"), Fact("tokens"), Fact("sessions"), Residual(Fact("residual")) }.Where(said => said.Length > 0))}",
            AuditKind.TargetUnusable => $"{Fact("target-name")} is marked requestable but not offered: {Clause("problems")}.",
            AuditKind.TargetUsable => $"{Fact("target-name")} can be read again.",
            AuditKind.LinkBegun => $"{Account()} begins to connect a Keycloak account.",
            AuditKind.LinkLoggedIn => $"{Name("person")} logged in to be connected with {Account()}; the code has not been typed yet.",
            AuditKind.LoginOffered => $"Not let in to {Fact("client")}: {Name("person")} was offered {(Fact("targets").Length == 0 ? "nothing, for want of anything that they may ask for" : "what they can ask for")}.",
            AuditKind.LoginPolicyEdited => $"Login policy \"{Fact("name")}\" of {Fact("where")} was changed in Keycloak, and not from here. Before: {Rules("before")}. Now: {Rules("after")}. Keycloak's admin events say by whom.",
            AuditKind.LoginPolicyProposed => $"{Name("by")} wants {Fact("client")} to ask for this at login: {Rules("after")}. Until now: {Rules("before")}. A second administrator has to confirm.",
            AuditKind.LoginPolicyConfirmed => $"{Name("by")} confirms what {Fact("client")} is to ask for at login.",
            AuditKind.LoginPolicySet => $"{Fact("client")} asks for this at login: {Rules("after")}. Keycloak confirms it. Proposed by {Name("proposer")}, confirmed by {Name("by")}.",
            AuditKind.LoginPolicyRejected => $"{Name("by")} rejects what {Fact("client")} was to ask for at login; nothing was changed.",
            AuditKind.LoginPolicyVoid => $"What {Fact("client")} was to ask for at login was not set: {Clause("why")}.",
            AuditKind.LoginActionOff => "Login policies are in force, but the required action \"Required roles for login\" is off in Keycloak: whoever is not let in still gets no token, and no longer sees why. Switch it on: Authentication, Required actions.",
            AuditKind.LoginActionOn => "The required action \"Required roles for login\" is on again, or no login policy needs it.",
            AuditKind.LinkMade => $"Connected: {Account()} is {Name("person")} (proved by a login, and a code typed from that account).",
            AuditKind.LinkRefused => $"{Account()} was not connected: {Sentence()}",
            AuditKind.LinkEnded => $"No longer connected: {Account()} and {Name("person")}, ended by {Name("by")}.",
            AuditKind.CommandRefused => $"{Fact("account")} sent what no form of ours could have sent ({Fact("what")}); nothing was changed.",
            AuditKind.CommandSetAside => $"What {Account()} did ({Fact("what")}) could not be handled and was set aside ({Fact("code")}); nothing was changed.",
            AuditKind.InquiryAnswered => $"{Account()} asked about other people ({Fact("what")}) and was answered.",
            AuditKind.InquiryRefused => $"{Account()} asked what is not for them ({Fact("what")}): {Sentence()}",
            AuditKind.MessageUncertain => $"A message to {Fact("audience")} was posted again, because the first post was not answered; it may be there twice.",
            AuditKind.MessageRevived => $"A message that could not be delivered before is sent to {Fact("audience")} now.",
            AuditKind.MessageSetAside => $"A message could not be delivered ({Fact("code")}) to {Fact("audience")}.",
            AuditKind.WebhooksResent => $"What the webhook {Fact("target")} was never told is sent again: {Fact("events")} of what happened from row {Fact("first-row")} to row {Fact("last-row")} of the audit.",
            AuditKind.AccessFrozen => $"All new access is frozen by {Name("by")}: nothing is granted until that is lifted. What is held goes on, and ends on time.",
            AuditKind.AccessUnfrozen => $"New access is possible again: {Name("by")} has lifted the freeze.",
            AuditKind.Anchored => $"The audit's head: #{Fact("after")} {Fact("hash")}. Keep this line: with it, audit verify finds a history that was cut, restored or written anew.",
            AuditKind.EmergencyAllowed => $"{Name("by")} allows {Name("beneficiary")} to take {Fact("target-name")} in an emergency again.",
            AuditKind.RealmChanged => "Keycloak answers for another realm than before: nothing is changed until an administrator has looked.",
            AuditKind.RealmReturned => "Keycloak answers for the known realm again: everything goes on.",
            AuditKind.PolicyChanged when Fact("policy") == Policies.Policy.None.Version => $"No policy file holds any more; version {Fact("before")} did.",
            AuditKind.PolicyChanged when Fact("before") == Policies.Policy.None.Version => $"A policy file holds from now on: version {Fact("policy")}.",
            AuditKind.PolicyChanged => $"Another policy holds from now on: version {Fact("policy")} in the place of {Fact("before")}.",
            AuditKind.PolicyBroken => $"The policy file cannot be used, so the last good one goes on. {Fact("problem")} Correct the file: it is read again by itself.",
            AuditKind.PolicyMended => "The policy file can be used again.",
            AuditKind.MuchGone => $"Most of the people, or of the groups and roles, that grants rest on are gone from Keycloak. If its data was lost, restore it: no grant ends for this within {Sentences.Span(Disappearances.UntilBelieved)}. If they were deleted on purpose, nothing needs to be done.",
            AuditKind.MuchGoneOver => "Most of what grants rest on is in Keycloak: what is gone ends its grants again.",
            _ => entry.Kind,
        };
    }

    private static string Residual(string paths) => paths switch
    {
        "" => "",
        "?" => "Whether the same access remains by another way could not be read.",
        _ => $"The same access remains by another way: {paths}.",
    };
}
