using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Requests;

/// <summary>Why something that somebody asked for is not done. Each has its own sentence.</summary>
public abstract record Refusal
{
    private protected Refusal()
    {
    }

    /// <summary>No such request, or its form is no longer known.</summary>
    public sealed record UnknownRequest : Refusal;

    public sealed record NotReady : Refusal;

    /// <param name="Outcome">One word for what became of it: approved, denied, …</param>
    public sealed record AlreadyDecided(string Outcome, PersonRef? By) : Refusal;

    public sealed record AlreadyVoted : Refusal;

    public sealed record TooLate : Refusal;

    public sealed record OwnRequest : Refusal;

    public sealed record NotAnApprover : Refusal;

    /// <summary>It was done a short while ago.</summary>
    public sealed record TooSoon(DateTimeOffset Until) : Refusal;

    /// <summary>No such question about it.</summary>
    public sealed record UnknownQuestion : Refusal;

    public sealed record AlreadyAnswered(PersonRef By) : Refusal;

    /// <summary>A request holds so many questions and no more.</summary>
    public sealed record EnoughAsked(int Maximum) : Refusal;

    /// <summary>Only who asked may do this.</summary>
    public sealed record NotYours : Refusal;

    /// <summary>Only for those who look after access, in one of these offices.</summary>
    public sealed record NotStaff(IReadOnlyList<Office> Offices) : Refusal;

    public sealed record PersonDisabled : Refusal;

    /// <summary>A service account, the bot's own included.</summary>
    public sealed record NotAHuman : Refusal;

    public sealed record PersonGone : Refusal;

    /// <summary>No directory account is proved to belong to the chat account.</summary>
    /// <param name="ByLogin">Whether a login would connect it.</param>
    public sealed record NotLinked(ChatAccount Account, bool ByLogin = false) : Refusal;

    /// <summary>The sources name several directory accounts.</summary>
    public sealed record SeveralPeople(ChatAccount Account) : Refusal;

    public sealed record ChatAccountNotServed(MemberStanding Standing) : Refusal;

    public sealed record NotOffered : Refusal;

    public sealed record Unusable(IReadOnlyList<string> Problems) : Refusal;

    public sealed record TargetGone : Refusal;

    public sealed record Administrative : Refusal;

    public sealed record NotEligible(IReadOnlyList<string> Groups) : Refusal;

    /// <summary>It must not be held together with something that the person has.</summary>
    public sealed record Excluded(string Other) : Refusal;

    /// <summary>Nothing lets anybody take it before it is decided on.</summary>
    public sealed record NotForEmergencies : Refusal;

    /// <summary>In an emergency people take something for themselves alone.</summary>
    public sealed record EmergencyOfOthers : Refusal;

    /// <summary>A service may not ask on behalf of people.</summary>
    public sealed record NotOnBehalf : Refusal;

    /// <summary>Nothing that is offered is called so.</summary>
    public sealed record UnknownTarget(string Text) : Refusal;

    /// <summary>Several things that are offered are called so.</summary>
    /// <param name="Names">Each with its kind and id.</param>
    public sealed record SeveralTargets(string Text, IReadOnlyList<string> Names) : Refusal;

    /// <summary>Why is theirs to know: whoever asks for somebody else learns nothing of them.</summary>
    public sealed record NotForThem : Refusal;

    /// <summary>So many requests on behalf of others of one person are open.</summary>
    public sealed record EnoughForOthers(int Maximum) : Refusal;

    /// <summary>One call asks for more than those who decide should be asked at once.</summary>
    public sealed record TooManyAtOnce(int Maximum) : Refusal;

    /// <summary>Not exactly one account of the directory is called so.</summary>
    public sealed record SeveralPeopleNamed(string Text) : Refusal;

    /// <summary>The policy file holds no bundle of that name.</summary>
    public sealed record UnknownBundle(string Name) : Refusal;

    /// <summary>Others may take it in an emergency.</summary>
    public sealed record NotOneForEmergencies(IReadOnlyList<string> Groups) : Refusal;

    /// <summary>A rule approved it, and would not any more.</summary>
    public sealed record NoLongerByRule : Refusal;

    /// <summary>It was taken in an emergency before, and denied.</summary>
    public sealed record EmergencyDenied(DateTimeOffset At) : Refusal;

    /// <summary>There is no live grant with an end that could be moved.</summary>
    public sealed record NothingToExtend : Refusal;

    /// <summary>Time in a row has reached what the rule allows.</summary>
    public sealed record LongEnough(TimeSpan Maximum) : Refusal;

    /// <summary>It is over already, or its end has begun.</summary>
    public sealed record GrantOver : Refusal;

    /// <summary>Several, or none, of what somebody holds is called so.</summary>
    public sealed record NotOneHeld(string Name, IReadOnlyList<string> Held) : Refusal;

    public sealed record TooLong(TimeSpan Maximum) : Refusal;

    public sealed record EndRequired : Refusal;

    public sealed record ReasonTooShort(int Minimum) : Refusal;

    public sealed record ReasonTooLong(int Maximum) : Refusal;

    public sealed record ReasonDoesNotMatch(string Pattern) : Refusal;

    public sealed record TicketMissing : Refusal;

    public sealed record TicketDoesNotMatch(string Pattern) : Refusal;

    /// <summary>A value that the form could not have sent.</summary>
    public sealed record ImpossibleValue(string Field) : Refusal;

    /// <summary>Nobody who could decide belongs to the deciding groups.</summary>
    public sealed record NobodyMayDecide(IReadOnlyList<string> Groups, NoDecider Because = NoDecider.OnlyOwn) : Refusal;

    /// <summary>There are approvers, but no chat account is proved to be one of theirs.</summary>
    public sealed record NobodyReachable(IReadOnlyList<string> Approvers) : Refusal;

    /// <summary>Fewer can be asked than must approve.</summary>
    /// <param name="Needed">Approvals that are still needed in the stage.</param>
    public sealed record QuorumOutOfReach(int Needed, IReadOnlyList<string> Reachable, IReadOnlyList<string> Unreachable) : Refusal;

    /// <summary>Counted once, and no longer one who may decide when the last approval came.</summary>
    public sealed record NoLongerAnApprover : Refusal;

    /// <summary>A decision on access of high risk counts with a login of a short while ago alone.</summary>
    /// <param name="Level">The level of that login (<c>acr</c>); null: any.</param>
    public sealed record LoginNeeded(TimeSpan MaxAge, string? Level) : Refusal;

    /// <summary>The decision needed a login, and none came in time, or not that person's.</summary>
    public sealed record NotConfirmed : Refusal;

    public sealed record AlreadyOpen(RequestId Other) : Refusal;

    /// <summary>The directory gave no usable answer for so long that the request was given up.</summary>
    public sealed record DirectoryAwayTooLong(Doubt Why) : Refusal;

    /// <summary>What a vote rests on could not be read for so long that the vote was dropped.</summary>
    /// <param name="TimeIsOver">The time to decide is over, so there is no other try.</param>
    public sealed record NotCheckedInTime(Doubt Why, bool TimeIsOver = false) : Refusal;
}

/// <summary>Why the deciding groups hold nobody who could decide.</summary>
public enum NoDecider
{
    /// <summary>Those who could are the requester: nobody decides on their own request.</summary>
    OnlyOwn,

    /// <summary>They have no members.</summary>
    NoMembers,

    /// <summary>Every member is disabled or no human being.</summary>
    NoneActive,

    /// <summary>Those who could have decided on this request already, and one person counts once.</summary>
    AllHaveDecided,
}
