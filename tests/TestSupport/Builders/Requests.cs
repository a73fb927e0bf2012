using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.TestSupport.Builders;

/// <summary>Requests brought to a state by their own transitions; a transition that is refused fails the test.</summary>
public static class Requests
{
    /// <summary>Received at <see cref="Some.Now"/> from Alice's account: eight hours of <see cref="Some.Database"/>.</summary>
    public static AccessRequest ARequest(int id = 1, PersonRef? by = null, AccessLength? length = null, string justification = "To repair the nightly import.", string? ticket = null) =>
        AccessRequest.Receive(
            new RequestId(KnownIds.Number(id)), new Filing(Some.AccountOf(by ?? Some.Alice)), Some.Database, Some.DatabaseName,
            length ?? new AccessLength.For(Some.Hours(8)), justification, ticket, Some.Now);

    public static AccessRequest Pending(this AccessRequest request, int approvals = 1, AccessRule? rule = null, PersonRef? filer = null, PersonRef? beneficiary = null, DateTimeOffset? at = null) =>
        request.Open(filer ?? Some.Alice, beneficiary ?? filer ?? Some.Alice, rule ?? Some.Rule(approvals), Some.NoPrivileges, at ?? Some.Now).Accepted()
            .Ask(new Approvers([Some.Bob.Name, Some.Carol.Name], []), escalated: false, at ?? Some.Now);

    public static AccessRequest WithVote(this AccessRequest request, PersonRef by, Choice choice = Choice.Approve, int id = 0, DateTimeOffset? at = null, string? reason = null) =>
        request.Cast(KnownIds.Number(id == 0 ? 1000 + request.Votes.Count : id), Some.AccountOf(by), choice, reason, at ?? Some.Now).Accepted();

    /// <summary>Counts the oldest vote that waits, for its caster as an approver.</summary>
    public static AccessRequest Counted(this AccessRequest request, PersonRef by, DateTimeOffset? at = null) =>
        request.Count(request.Uncounted.First(), MayDecide(by), at ?? Some.Now).Accepted();

    public static AccessRequest ApprovedBy(this AccessRequest request, PersonRef by) => request.WithVote(by).Counted(by);

    public static AccessRequest DeniedBy(this AccessRequest request, PersonRef by, string? reason = null) => request.WithVote(by, Choice.Deny, reason: reason).Counted(by);

    public static AccessRequest Lapsed(this AccessRequest request) => request.Lapse(((RequestState.Pending)request.State).LapsesAt).Accepted();

    public static AccessRequest Refused(this AccessRequest request, Refusal? why = null) => request.Refuse(why ?? new Refusal.NotOffered(), Some.Now).Accepted();

    public static AccessRequest CancelledBy(this AccessRequest request, PersonRef by) => request with { State = new RequestState.Cancelled(by, Some.Now) };

    public static VoterFacts MayDecide(PersonRef person) => new(person, IdentitySource.Attribute, MayDecide: true, IsOwn: false);

    public static AccessRequest Accepted(this Decision decision) => decision switch
    {
        Decision.Accepted accepted => accepted.Request,
        Decision.Refused refused => throw new InvalidOperationException($"Refused: {refused.Why}"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static Refusal Refusal(this Decision decision) => decision switch
    {
        Decision.Refused refused => refused.Why,
        _ => throw new InvalidOperationException("It was accepted."),
    };
}
