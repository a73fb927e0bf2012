using System.Diagnostics;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.Core.Requests;

/// <summary>Somebody asks for a target, for somebody, for some time. Pure: what must be fresh comes in as an argument.</summary>
public sealed record AccessRequest
{
    /// <summary>A request whose people and rule cannot be read for so long is refused.</summary>
    public static readonly TimeSpan ReceivedLimit = TimeSpan.FromHours(24);

    /// <summary>A vote that cannot be checked for so long after its receipt is dropped: it must not hold up the others for ever.</summary>
    public static readonly TimeSpan CheckLimit = TimeSpan.FromHours(24);

    /// <summary>A vote that needs a login waits so long for it, and keeps the request from lapsing no longer.</summary>
    public static readonly TimeSpan ConfirmLimit = TimeSpan.FromMinutes(15);

    /// <summary>Questions that one request holds: who wants to know more has other ways to talk.</summary>
    public const int MostQuestions = 20;

    public required RequestId Id { get; init; }

    public required Filing Filing { get; init; }

    /// <summary>Who is to hold the target; null until the directory has said who the filer is.</summary>
    public PersonRef? Beneficiary { get; init; }

    public required TargetId Target { get; init; }

    public required string TargetName { get; init; }

    public required AccessLength Length { get; init; }

    public required string Justification { get; init; }

    public string? Ticket { get; init; }

    /// <summary>The access is taken at once; the decision confirms it, or takes it away.</summary>
    public bool Emergency { get; init; }

    /// <summary>The request whose grant is to go on for longer, by <see cref="Length"/>; null: for access anew.</summary>
    public RequestId? Extends { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>As it was when the request became pending; null before.</summary>
    public AccessRule? Rule { get; init; }

    /// <summary>What the target gives, as it was when the request became pending.</summary>
    public IReadOnlyList<string> EffectiveRoles { get; init; } = [];

    /// <summary>Names of the approvers of the present stage: those who were asked, and those whom no chat account is proved to be.</summary>
    public Approvers Approvers { get; init; } = Approvers.None;

    /// <summary>The channel of the rule turned out to be out of reach: those who decide are asked one by one.</summary>
    public bool ChannelLost { get; init; }

    /// <summary>Where it is shown to all who decide; null: to each.</summary>
    public ChatChannel? Channel => ChannelLost ? null : Rule?.Channel;

    /// <summary>In order of receipt.</summary>
    public IReadOnlyList<Vote> Votes { get; init; } = [];

    /// <summary>In the order in which they were asked.</summary>
    public IReadOnlyList<Question> Questions { get; init; } = [];

    public required RequestState State { get; init; }

    /// <summary>Set while the directory keeps the next step waiting: shown to people, and cleared by the next step.</summary>
    public Doubt? HeldUpBy { get; init; }

    public IEnumerable<Vote> Uncounted => Votes.Where(vote => vote.State is VoteState.Cast);

    /// <summary>Votes that wait for a login of their casters.</summary>
    public IEnumerable<Vote> Unconfirmed => Votes.Where(vote => vote.State is VoteState.Unconfirmed);

    /// <summary>When the first of them has waited long enough; null: none waits.</summary>
    private DateTimeOffset? UnconfirmedUntil => Unconfirmed.Select(vote => ((VoteState.Unconfirmed)vote.State).Until).Cast<DateTimeOffset?>().Min();

    public static AccessRequest Receive(RequestId id, Filing filing, TargetId target, string targetName, AccessLength length, string justification, string? ticket, DateTimeOffset receivedAt, bool emergency = false) => new()
    {
        Id = id,
        Filing = filing,
        Target = target,
        TargetName = targetName,
        Length = length,
        Justification = justification,
        Ticket = ticket,
        ReceivedAt = receivedAt,
        Emergency = emergency,
        State = new RequestState.Received(receivedAt + ReceivedLimit),
    };

    /// <summary>People and rule are known: approvers can be asked.</summary>
    public Decision Open(PersonRef filer, PersonRef beneficiary, AccessRule rule, Privileges privileges, DateTimeOffset now) => State switch
    {
        RequestState.Received => new Decision.Accepted(this with
        {
            Filing = Filing with { Person = filer },
            Beneficiary = beneficiary,
            Rule = rule,
            EffectiveRoles = privileges.EffectiveRoles,
            HeldUpBy = null,
            State = new RequestState.Pending(0, now, now + (Emergency ? rule.BreakGlassConfirm : rule.PendingTtl)) { ToAsk = true },
        }),
        _ => AlreadyDecided(),
    };

    /// <summary>What is to go on for longer ends at this instant: it is decided before, or lapses.</summary>
    public AccessRequest DecideBefore(DateTimeOffset end) => State is RequestState.Pending pending && end < pending.LapsesAt ? this with { State = pending with { LapsesAt = end } } : this;

    /// <summary>A rule approves it without a person.</summary>
    /// <param name="name">The attribute that the rule stands in.</param>
    public Decision ApproveByRule(string name, PersonRef filer, PersonRef beneficiary, AccessRule rule, Privileges privileges, DateTimeOffset now) =>
        Open(filer, beneficiary, rule, privileges, now) switch
        {
            Decision.Accepted opened => new Decision.Accepted(opened.Request with { State = new RequestState.Approved(null, now) { ByRule = name } }),
            var refused => refused,
        };

    /// <summary>These decide in the present stage.</summary>
    /// <param name="escalated">Those for a decision that does not come are among them.</param>
    public AccessRequest Ask(Approvers approvers, bool escalated, DateTimeOffset now)
    {
        var pending = (RequestState.Pending)State;
        return this with
        {
            Approvers = approvers,
            HeldUpBy = null,
            State = pending with { ToAsk = false, AskedAt = now, EscalatedAt = escalated ? pending.EscalatedAt ?? now : null },
        };
    }

    /// <summary>What it rests on, or who decides, may have changed.</summary>
    public AccessRequest AskAgain() => State is RequestState.Pending pending ? this with { State = pending with { ToAsk = true } } : this;

    /// <summary>Where the rule asks for more approvals by now than at the request, so does this, and those who decide are found anew.</summary>
    public AccessRequest Tighten(AccessRule current) => State is RequestState.Pending && Rule!.AtLeast(current) is var stricter && !ReferenceEquals(stricter, Rule)
        ? (this with { Rule = stricter }).AskAgain()
        : this;

    /// <summary>Ends an open request that cannot go on, with the reason.</summary>
    public Decision Refuse(Refusal why, DateTimeOffset now) =>
        State.IsOpen ? new Decision.Accepted((this with { HeldUpBy = null }).DropUncounted(new RequestState.Refused(why, now), now)) : AlreadyDecided();

    /// <summary>The requester has those who decide reminded.</summary>
    public Decision Nudge(Actor by, DateTimeOffset now) => State switch
    {
        RequestState.Received => new Decision.Refused(new Refusal.NotReady()),
        RequestState.Pending when !IsFiledBy(by) => new Decision.Refused(new Refusal.NotYours()),
        RequestState.Pending { NudgedAt: { } last } when now < last + RemindApprovers.NudgeEvery => new Decision.Refused(new Refusal.TooSoon(last + RemindApprovers.NudgeEvery)),
        RequestState.Pending pending => new Decision.Accepted(this with { State = pending with { NudgedAt = now } }),
        _ => AlreadyDecided(),
    };

    /// <summary>Withdrawn by who asked, or by whom it is for, at once: votes that wait to be checked fall with it.</summary>
    public Decision Cancel(Actor by, DateTimeOffset now) => State switch
    {
        RequestState.Received or RequestState.Pending when !IsFiledBy(by) && !IsFor(by) => new Decision.Refused(new Refusal.NotYours()),
        RequestState.Received or RequestState.Pending =>
            new Decision.Accepted((this with { HeldUpBy = null }).DropUncounted(new RequestState.Cancelled(IsFiledBy(by) ? Filing.Person : Beneficiary, now), now)),
        _ => AlreadyDecided(),
    };

    /// <summary>When something is to be done about it; at once where that is <see cref="DateTimeOffset.MinValue"/>. Null: it is closed.</summary>
    public DateTimeOffset? DueAt => State switch
    {
        RequestState.Received => DateTimeOffset.MinValue,
        RequestState.Pending { ToAsk: true } => DateTimeOffset.MinValue,
        RequestState.Pending when Uncounted.Any() => DateTimeOffset.MinValue,
        RequestState.Pending pending when (UnconfirmedUntil ?? pending.OverAt) is var over => new[] { over, EscalatesAt ?? over, RemindsAt ?? over }.Min(),
        _ => null,
    };

    /// <summary>When others are asked as well; null: never, or they have been.</summary>
    public DateTimeOffset? EscalatesAt => State is RequestState.Pending { EscalatedAt: null } pending && Rule is { Escalation.Count: > 0, EscalateAfter: { } after } ? pending.Since + after : null;

    /// <summary>When those who decide are reminded; null: they have been, or there is no time to.</summary>
    public DateTimeOffset? RemindsAt => State is RequestState.Pending { RemindedAt: null } pending && pending.LapsesAt - pending.HalfWay >= RemindApprovers.TimeToAct ? pending.HalfWay : null;

    public Decision Lapse(DateTimeOffset now) => State switch
    {
        RequestState.Pending p when now >= p.LapsesAt && !Uncounted.Any() && !Unconfirmed.Any() => new Decision.Accepted(this with { State = new RequestState.Lapsed(now), HeldUpBy = null }),
        RequestState.Received or RequestState.Pending => new Decision.Refused(new Refusal.NotReady()),
        _ => AlreadyDecided(),
    };

    /// <summary>The first question that waits for its answer; null: none does.</summary>
    public Question? Unanswered => State is RequestState.Pending ? Questions.FirstOrDefault(question => question.Answer is null) : null;

    /// <summary>Somebody who decides wants to know something first.</summary>
    public Decision Ask(Question question, DateTimeOffset receivedAt) => State switch
    {
        RequestState.Received => new Decision.Refused(new Refusal.NotReady()),
        RequestState.Pending pending when receivedAt >= pending.LapsesAt => new Decision.Refused(new Refusal.TooLate()),
        RequestState.Pending when Questions.Count >= MostQuestions => new Decision.Refused(new Refusal.EnoughAsked(MostQuestions)),
        RequestState.Pending => new Decision.Accepted(this with { Questions = [.. Questions, question] }),
        _ => AlreadyDecided(),
    };

    /// <summary>Whoever filed it, or is to hold what it asks for, answers; the first answer stands.</summary>
    public Decision Answer(Guid question, QuestionAnswer answer) => State switch
    {
        RequestState.Received => new Decision.Refused(new Refusal.NotReady()),
        RequestState.Pending when answer.By.Id != Filing.Person?.Id && answer.By.Id != Beneficiary?.Id => new Decision.Refused(new Refusal.NotYours()),
        RequestState.Pending => Questions.FirstOrDefault(asked => asked.Id == question) switch
        {
            null => new Decision.Refused(new Refusal.UnknownQuestion()),
            { Answer: { } given } => new Decision.Refused(new Refusal.AlreadyAnswered(given.By)),
            var open => new Decision.Accepted(this with { Questions = [.. Questions.Select(asked => asked.Id == open.Id ? open with { Answer = answer } : asked)] }),
        },
        _ => AlreadyDecided(),
    };

    /// <summary>Stores a click. Whether it counts is found out later; what is certain already is refused at once.</summary>
    /// <param name="by">A login that stands behind it already.</param>
    public Decision Cast(Guid id, Actor caster, Choice choice, string? reason, DateTimeOffset receivedAt, TimeSpan? atMost = null, Confirmation? by = null) => State switch
    {
        RequestState.Received => new Decision.Refused(new Refusal.NotReady()),
        RequestState.Pending p when receivedAt >= p.LapsesAt => new Decision.Refused(new Refusal.TooLate()),
        RequestState.Pending p when Votes.Any(v => v.Caster == caster && v.Stage == p.Stage && v.State is not VoteState.Dropped) =>
            new Decision.Refused(new Refusal.AlreadyVoted()),
        RequestState.Pending p => new Decision.Accepted(this with
        {
            Votes = [.. Votes, new Vote { Id = id, Caster = caster, Choice = choice, Reason = reason, AtMost = atMost, ReceivedAt = receivedAt, Stage = p.Stage, State = new VoteState.Cast(by) }],
        }),
        _ => AlreadyDecided(),
    };

    /// <summary>Counts a cast vote by what was read fresh about its caster. Refused: the vote must be dropped.</summary>
    public Decision Count(Vote vote, VoterFacts voter, DateTimeOffset now) => State switch
    {
        RequestState.Received => new Decision.Refused(new Refusal.NotReady()),
        RequestState.Pending when Votes.FirstOrDefault(v => v.Id == vote.Id)?.State is not VoteState.Cast => new Decision.Refused(new Refusal.AlreadyVoted()),
        RequestState.Pending p when vote.Stage != p.Stage => new Decision.Refused(new Refusal.AlreadyDecided("approved at this stage", null)),
        RequestState.Pending p when vote.ReceivedAt >= p.LapsesAt => new Decision.Refused(new Refusal.TooLate()),
        RequestState.Pending when voter.IsOwn || voter.Person.Id == Filing.Person?.Id || voter.Person.Id == Beneficiary?.Id =>
            new Decision.Refused(new Refusal.OwnRequest()),
        RequestState.Pending when !voter.MayDecide => new Decision.Refused(new Refusal.NotAnApprover()),
        RequestState.Pending when Votes.Any(v => v.State is VoteState.Counted counted && counted.By.Id == voter.Person.Id) =>
            new Decision.Refused(new Refusal.AlreadyVoted()),
        RequestState.Pending => new Decision.Accepted(WithCounted(vote, voter, now)),
        RequestState.Approved or RequestState.Denied or RequestState.Cancelled
            or RequestState.Lapsed or RequestState.Refused => AlreadyDecided(),
        _ => throw new UnreachableException(), // a state nobody has written yet; a test covers every nested type
    };

    /// <summary>Everything speaks for counting it but a login of its caster, which it waits for without holding up others.</summary>
    public AccessRequest AwaitLogin(Vote vote, DateTimeOffset now) => WithVote(vote with { State = new VoteState.Unconfirmed(now + ConfirmLimit) });

    /// <summary>The login has come: the vote is counted next. Refused: it waits for none.</summary>
    public Decision Confirm(Guid vote, Confirmation by) => Votes.FirstOrDefault(v => v.Id == vote) is { State: VoteState.Unconfirmed waiting } found
        ? State is not RequestState.Pending ? AlreadyDecided()
            : by.At >= waiting.Until ? new Decision.Refused(new Refusal.NotConfirmed())
            : new Decision.Accepted(WithVote(found with { State = new VoteState.Cast(by) }))
        : State.IsOpen ? new Decision.Refused(new Refusal.AlreadyVoted()) : AlreadyDecided();

    /// <summary>A vote that has waited long enough for a login; null: none has.</summary>
    public Vote? OverdueAt(DateTimeOffset now) => Unconfirmed.FirstOrDefault(vote => now >= ((VoteState.Unconfirmed)vote.State).Until);

    /// <summary>Sets a cast vote aside, with the reason that its caster is told.</summary>
    public AccessRequest Drop(Vote vote, Refusal why, DateTimeOffset now) => WithVote(vote with { State = new VoteState.Dropped(why, now) });

    /// <summary>Why a vote or a change comes too late for it.</summary>
    public Refusal.AlreadyDecided Outcome() => new(State.Name, State switch
    {
        RequestState.Approved approved => approved.By,
        RequestState.Denied denied => denied.By,
        RequestState.Cancelled cancelled => cancelled.By,
        _ => null,
    });

    /// <summary>Approvals that count in a stage.</summary>
    public IEnumerable<Vote> Approvals(int stage) => Votes.Where(v => v is { Choice: Choice.Approve, State: VoteState.Counted } && v.Stage == stage);

    /// <summary>Everybody whose vote counts already: one person counts once per request.</summary>
    public IEnumerable<PersonRef> Voters => Votes.Select(v => v.State).OfType<VoteState.Counted>().Select(counted => counted.By);

    /// <summary>By the account it was asked from, or by the person who is known to have asked.</summary>
    public bool IsFiledBy(Actor by) => by switch
    {
        Actor.InChat chat => chat.Account == Filing.From,
        Actor.Caller caller => caller.Person == (Filing.Person?.Id ?? Filing.LoggedIn),
        _ => throw new UnreachableException(),
    };

    private bool IsFor(Actor by) => by switch
    {
        Actor.InChat chat => chat.Account == Filing.Holder,
        Actor.Caller caller => caller.Person == Beneficiary?.Id,
        _ => throw new UnreachableException(),
    };

    /// <summary>This account is among those who decide now, and has not decided yet.</summary>
    public bool IsAsked(ChatAccount account) => State is RequestState.Pending
        && (Approvers.Accounts.Count == 0 || Approvers.Accounts.Contains(account))
        && !Votes.Any(vote => vote.Caster == account && vote.State is VoteState.Counted);

    /// <summary>What was asked for, shortened to what each approval that counts allows.</summary>
    public AccessLength Allowed => Votes.Where(vote => vote is { Choice: Choice.Approve, State: VoteState.Counted, AtMost: not null })
        .Aggregate(Length, (length, vote) => length.AtMost(vote.AtMost!.Value));

    /// <summary>The vote would complete the stage that is being decided.</summary>
    public bool IsCompletedBy(Vote vote) =>
        vote.Choice == Choice.Approve && State is RequestState.Pending pending && Approvals(pending.Stage).Count() + 1 >= Rule!.Stages[pending.Stage].Approvals;

    /// <summary>A vote that counted does so no longer: what it completed is open again.</summary>
    public AccessRequest Uncount(Vote vote, Refusal why, DateTimeOffset now) => Settle(Drop(vote, why, now), null, now);

    private AccessRequest WithCounted(Vote vote, VoterFacts voter, DateTimeOffset now)
    {
        var counted = WithVote(vote with { State = new VoteState.Counted(voter.Person, voter.Proof, now) }) with { HeldUpBy = null };
        return vote.Choice == Choice.Deny
            ? counted.DropUncounted(new RequestState.Denied(voter.Person, now, vote.Reason), now)
            : Settle(counted, voter.Person, now);
    }

    /// <summary>The first stage without its quorum is the one to be decided; without any, it is approved.</summary>
    private static AccessRequest Settle(AccessRequest request, PersonRef? last, DateTimeOffset now)
    {
        var pending = (RequestState.Pending)request.State;
        var stages = request.Rule?.Stages ?? throw new InvalidOperationException("A pending request has a rule.");
        var next = Enumerable.Range(0, stages.Count).Where(stage => request.Approvals(stage).Count() < stages[stage].Approvals).Cast<int?>().FirstOrDefault();
        if (next is not { } stage)
            return request.DropUncounted(new RequestState.Approved(last ?? throw new InvalidOperationException("A vote that is dropped completes nothing."), now), now);
        return stage == pending.Stage ? request : request with
        {
            // What was taken already is to be confirmed within one time, whatever stages that takes.
            State = new RequestState.Pending(stage, now, request.Emergency ? pending.LapsesAt : now + request.Rule.PendingTtl) { ToAsk = true },
            Approvers = Approvers.None,
        };
    }

    private AccessRequest WithVote(Vote changed) => this with { Votes = [.. Votes.Select(v => v.Id == changed.Id ? changed : v)] };

    private AccessRequest DropUncounted(RequestState outcome, DateTimeOffset now)
    {
        var decided = this with { State = outcome };
        return decided with { Votes = [.. Votes.Select(v => v.State is VoteState.Cast or VoteState.Unconfirmed ? v with { State = new VoteState.Dropped(decided.Outcome(), now) } : v)] };
    }

    private Decision.Refused AlreadyDecided() => new(Outcome());
}
