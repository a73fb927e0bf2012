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

    public required RequestId Id { get; init; }

    public required Filing Filing { get; init; }

    /// <summary>Who is to hold the target; null until the directory has said who the filer is.</summary>
    public PersonRef? Beneficiary { get; init; }

    public required TargetId Target { get; init; }

    public required string TargetName { get; init; }

    public required AccessLength Length { get; init; }

    public required string Justification { get; init; }

    public string? Ticket { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>As it was when the request became pending; null before.</summary>
    public AccessRule? Rule { get; init; }

    /// <summary>What the target gives, as it was when the request became pending.</summary>
    public IReadOnlyList<string> EffectiveRoles { get; init; } = [];

    /// <summary>Names of the approvers of the present stage: those who were asked, and those whom no chat account is proved to be.</summary>
    public Approvers Approvers { get; init; } = Approvers.None;

    /// <summary>In order of receipt.</summary>
    public IReadOnlyList<Vote> Votes { get; init; } = [];

    public required RequestState State { get; init; }

    /// <summary>Set while the directory keeps the next step waiting: shown to people, and cleared by the next step.</summary>
    public Doubt? HeldUpBy { get; init; }

    public IEnumerable<Vote> Uncounted => Votes.Where(vote => vote.State is VoteState.Cast);

    public static AccessRequest Receive(RequestId id, Filing filing, TargetId target, string targetName, AccessLength length, string justification, string? ticket, DateTimeOffset receivedAt) => new()
    {
        Id = id,
        Filing = filing,
        Target = target,
        TargetName = targetName,
        Length = length,
        Justification = justification,
        Ticket = ticket,
        ReceivedAt = receivedAt,
        State = new RequestState.Received(receivedAt + ReceivedLimit),
    };

    /// <summary>People, rule and approvers are known: it can be decided.</summary>
    public Decision Open(PersonRef filer, PersonRef beneficiary, AccessRule rule, Privileges privileges, Approvers approvers, DateTimeOffset now) => State switch
    {
        RequestState.Received => new Decision.Accepted(this with
        {
            Filing = Filing with { Person = filer },
            Beneficiary = beneficiary,
            Rule = rule,
            EffectiveRoles = privileges.EffectiveRoles,
            Approvers = approvers,
            HeldUpBy = null,
            State = new RequestState.Pending(0, now, now + rule.PendingTtl),
        }),
        _ => AlreadyDecided(),
    };

    /// <summary>Ends an open request that cannot go on, with the reason.</summary>
    public Decision Refuse(Refusal why, DateTimeOffset now) =>
        State.IsOpen ? new Decision.Accepted((this with { HeldUpBy = null }).DropUncounted(new RequestState.Refused(why, now), now)) : AlreadyDecided();

    /// <summary>Withdrawn by the account that asked, at once: votes that wait to be checked fall with it.</summary>
    public Decision Cancel(ChatAccount by, DateTimeOffset now) => State switch
    {
        RequestState.Received or RequestState.Pending when by != Filing.From => new Decision.Refused(new Refusal.NotYours()),
        RequestState.Received or RequestState.Pending =>
            new Decision.Accepted((this with { HeldUpBy = null }).DropUncounted(new RequestState.Cancelled(Filing.Person, now), now)),
        _ => AlreadyDecided(),
    };

    public Decision Lapse(DateTimeOffset now) => State switch
    {
        RequestState.Pending p when now >= p.LapsesAt && !Uncounted.Any() => new Decision.Accepted(this with { State = new RequestState.Lapsed(now), HeldUpBy = null }),
        RequestState.Received or RequestState.Pending => new Decision.Refused(new Refusal.NotReady()),
        _ => AlreadyDecided(),
    };

    /// <summary>Stores a click. Whether it counts is found out later; what is certain already is refused at once.</summary>
    public Decision Cast(Guid id, ChatAccount caster, Choice choice, string? reason, DateTimeOffset receivedAt) => State switch
    {
        RequestState.Received => new Decision.Refused(new Refusal.NotReady()),
        RequestState.Pending p when receivedAt >= p.LapsesAt => new Decision.Refused(new Refusal.TooLate()),
        RequestState.Pending p when Votes.Any(v => v.Caster == caster && v.Stage == p.Stage && v.State is not VoteState.Dropped) =>
            new Decision.Refused(new Refusal.AlreadyVoted()),
        RequestState.Pending p => new Decision.Accepted(this with
        {
            Votes = [.. Votes, new Vote { Id = id, Caster = caster, Choice = choice, Reason = reason, ReceivedAt = receivedAt, Stage = p.Stage, State = new VoteState.Cast() }],
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
        RequestState.Pending p => new Decision.Accepted(WithCounted(p, vote, voter, now)),
        RequestState.Approved or RequestState.Denied or RequestState.Cancelled
            or RequestState.Lapsed or RequestState.Refused => AlreadyDecided(),
        _ => throw new UnreachableException(), // a state nobody has written yet; a test covers every nested type
    };

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

    private AccessRequest WithCounted(RequestState.Pending pending, Vote vote, VoterFacts voter, DateTimeOffset now)
    {
        var counted = WithVote(vote with { State = new VoteState.Counted(voter.Person, voter.Proof, now) }) with { HeldUpBy = null };
        if (vote.Choice == Choice.Deny)
            return counted.DropUncounted(new RequestState.Denied(voter.Person, now, vote.Reason), now);

        var stages = Rule?.Stages ?? throw new InvalidOperationException("A pending request has a rule.");
        var approvals = counted.Votes.Count(v => v is { Choice: Choice.Approve, State: VoteState.Counted } && v.Stage == pending.Stage);
        if (approvals < stages[pending.Stage].Approvals)
            return counted;
        if (pending.Stage + 1 < stages.Count)
            return counted with { State = new RequestState.Pending(pending.Stage + 1, now, now + Rule.PendingTtl) };
        return counted.DropUncounted(new RequestState.Approved(voter.Person, now), now);
    }

    private AccessRequest WithVote(Vote changed) => this with { Votes = [.. Votes.Select(v => v.Id == changed.Id ? changed : v)] };

    private AccessRequest DropUncounted(RequestState outcome, DateTimeOffset now)
    {
        var decided = this with { State = outcome };
        return decided with { Votes = [.. Votes.Select(v => v.State is VoteState.Cast ? v with { State = new VoteState.Dropped(decided.Outcome(), now) } : v)] };
    }

    private Decision.Refused AlreadyDecided() => new(Outcome());
}
