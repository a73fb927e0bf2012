using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Work;

/// <summary>What a person did, taken from a verified delivery. Nothing in it is believed without our own record.</summary>
/// <param name="Sender">Null: it came by another way than chat.</param>
public abstract record Command(ChatAccount? Sender)
{
    /// <summary>The request form is wanted, with the target picked when exactly one matches the search.</summary>
    /// <param name="Trigger">Lets a dialog be opened for a few seconds.</param>
    public sealed record OpenRequestForm(ChatAccount By, string Trigger, string SearchText) : Command(By);

    /// <summary>A target was picked in an open form.</summary>
    /// <param name="View">Where the open form is.</param>
    public sealed record PickTarget(ChatAccount By, FormId Form, string View, FormInput Input) : Command(By);

    public sealed record SubmitRequest(ChatAccount By, FormId Form, FormInput Input) : Command(By);

    /// <summary>Somebody who logged in to the directory asked for these there, in a form of ours.</summary>
    /// <param name="Person">Of the login session, as the directory signed it.</param>
    public sealed record FileAtLogin(PersonId Person, IReadOnlyList<TargetId> Targets, TimeSpan Length, string Justification) : Command((ChatAccount?)null);

    public sealed record OpenDenyForm(ChatAccount By, string Trigger, RequestId Request) : Command(By);

    /// <param name="AtMost">The approver allows no more than this; null: what was asked for.</param>
    public sealed record CastVote(ChatAccount By, RequestId Request, Choice Choice, string? Reason, TimeSpan? AtMost = null) : Command(By);

    /// <summary>An approver wants to know something first.</summary>
    public sealed record OpenQuestionForm(ChatAccount By, string Trigger, RequestId Request) : Command(By);

    public sealed record AskQuestion(ChatAccount By, RequestId Request, string Text) : Command(By);

    /// <summary>Somebody wants to answer what was asked about their request.</summary>
    public sealed record OpenAnswerForm(ChatAccount By, string Trigger, RequestId Request, Guid Question) : Command(By);

    public sealed record AnswerQuestion(ChatAccount By, RequestId Request, Guid Question, string Text) : Command(By);

    /// <summary>An approver wants to approve for a shorter time.</summary>
    public sealed record OpenShortenForm(ChatAccount By, string Trigger, RequestId Request) : Command(By);

    /// <summary>The holder gives back what came of this request.</summary>
    public sealed record ReturnGrant(ChatAccount By, RequestId Request) : Command(By);

    /// <summary>The same by the name of the access; no name: they are shown what there is.</summary>
    public sealed record ReturnNamed(ChatAccount By, string Name) : Command(By);

    /// <summary>The holder wants what came of this request for longer.</summary>
    public sealed record OpenExtendForm(ChatAccount By, string Trigger, RequestId Request) : Command(By);

    /// <summary>The same by the name of the access.</summary>
    public sealed record ExtendNamed(ChatAccount By, string Trigger, string Name) : Command(By);

    /// <summary>An approver or the security team takes away what came of this request.</summary>
    public sealed record RevokeGrant(ChatAccount By, RequestId Request) : Command(By);

    /// <summary>The security team takes away everything of a person, or of a target, that was given here.</summary>
    public sealed record RevokeAll(ChatAccount By, string PersonOrTarget) : Command(By);

    /// <summary>The security team stops all new access, or lifts that.</summary>
    public sealed record SetFreeze(ChatAccount By, bool Frozen) : Command(By);

    /// <summary>The security team lets somebody take something in an emergency again.</summary>
    public sealed record AllowEmergency(ChatAccount By, string Person, string Target) : Command(By);

    public sealed record SubmitExtension(ChatAccount By, FormId Form, RequestId Request, FormInput Input) : Command(By);

    /// <summary>An administrator wants a client to ask for something else at login.</summary>
    /// <param name="Rules">Null: what the policy file says.</param>
    public sealed record SetLoginPolicy(ChatAccount By, string Client, LoginRules? Rules) : Command(By);

    /// <summary>A second administrator confirms that, or one rejects it.</summary>
    public sealed record DecideLoginPolicy(ChatAccount By, LoginChangeId Change, bool Confirm) : Command(By);

    /// <summary>One of the ways in that they were offered is wanted.</summary>
    public sealed record OpenOfferForm(ChatAccount By, string Trigger, OfferId Offer, int Way) : Command(By);

    /// <summary>All of one way in is asked for.</summary>
    public sealed record SubmitOffered(ChatAccount By, FormId Form, OfferId Offer, int Way, FormInput Input) : Command(By);

    /// <summary>The requester wants the approvers reminded.</summary>
    public sealed record Nudge(ChatAccount By, RequestId Request) : Command(By);

    public sealed record CancelRequest(ChatAccount By, RequestId Request) : Command(By);

    /// <param name="Anew">Where the page is a message among others, it is shown as the newest.</param>
    public sealed record ShowHome(ChatAccount By, bool Anew = false) : Command(By);

    public sealed record ShowHelp(ChatAccount By) : Command(By);

    /// <summary>They can be spoken to from now on, for the first time or again.</summary>
    public sealed record Arrive(ChatAccount By) : Command(By);

    /// <summary>Words that answer what was typed, where the platform takes none at once.</summary>
    public sealed record Reply(ChatAccount By, string Title, IReadOnlyList<string> Lines) : Command(By);

    public sealed record ShowStatus(ChatAccount By) : Command(By);

    /// <summary>The account is to be connected with a directory account.</summary>
    public sealed record BeginLink(ChatAccount By) : Command(By);

    /// <summary>The code that the page showed after the login.</summary>
    public sealed record EnterCode(ChatAccount By, string Code) : Command(By);

    /// <param name="Whom">An account or a username, for administrators; null: the account's own link.</param>
    public sealed record EndLink(ChatAccount By, string? Whom) : Command(By);

    /// <summary>Who is linked to what, for administrators.</summary>
    public sealed record ShowLinks(ChatAccount By) : Command(By);

    /// <summary>A question; the answer is for who asked alone.</summary>
    public sealed record Inquire(ChatAccount By, Inquiry What) : Command(By);

    /// <summary>Something that a form or message of ours could not have sent.</summary>
    /// <param name="Answered">Who sent it was told at once, at the form's field.</param>
    public sealed record Impossible(ChatAccount By, string What, bool Answered = false) : Command(By);
}
