using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Tests.Persistence;

/// <summary>Things to store; ids are given, so that a test can tell them apart.</summary>
internal static class Samples
{
    public static readonly ChatAccount Alice = new(ChatPlatform.Slack, "T1", "U-alice");
    public static readonly ChatAccount Bob = new(ChatPlatform.Slack, "T1", "U-bob");
    public static readonly PersonRef AlicePerson = new(new PersonId("person-alice"), "Alice Älvs");
    public static readonly PersonRef BobPerson = new(new PersonId("person-bob"), "Bob");
    public static readonly TargetId Database = new(TargetKind.Group, "group-database");
    public static readonly TargetId Reports = new(TargetKind.ClientRole, "role-reports");

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    public static AccessRequest Received(int number, DateTimeOffset at, TargetId? target = null) => AccessRequest.Receive(
        new RequestId(Id(number)), new Filing(Alice), target ?? Database, "/database", new AccessLength.For(TimeSpan.FromHours(8)),
        "The nightly import fails 🔥", "OPS-1", at);

    public static AccessRequest Pending(int number, DateTimeOffset at, TargetId? target = null) => Accepted(Received(number, at, target).Open(
        AlicePerson, AlicePerson, Rule, new Privileges(["db/read"], Administrative: false), at)).Ask(new Approvers(["Bob"], []) { Accounts = [Bob] }, escalated: false, at);

    public static AccessRule Rule => new()
    {
        Stages = [new Stage([new GroupRef(new GroupId("group-approvers"), "/approvers")])],
        Eligible = [new GroupChoice([new GroupRef(new GroupId("group-staff"), "/staff")])],
        Description = "The production database",
        JustificationPatterns = ["."],
    };

    public static AccessRequest WithVote(this AccessRequest request, int vote, DateTimeOffset at) =>
        Accepted(request.Cast(Id(vote), Bob, Choice.Deny, "not today", at));

    public static AccessRequest Denied(this AccessRequest request, DateTimeOffset at) => Accepted(
        request.Count(request.Uncounted.First(), new VoterFacts(BobPerson, "attribute", MayDecide: true, IsOwn: false), at));

    public static Entitlement Entitlement(int number, params IReadOnlyList<Grant> grants) => new()
    {
        Id = new EntitlementId(Id(number)),
        Person = AlicePerson,
        Target = Database,
        TargetName = "/database",
        Grants = grants,
    };

    public static Grant Waiting(int number, DateTimeOffset now) => new()
    {
        Id = new GrantId(Id(number)),
        Request = new RequestId(Id(number)),
        Basis = new GrantBasis.Decision(BobPerson),
        Length = new AccessLength.For(TimeSpan.FromHours(8)),
        State = new GrantState.Waiting(now + TimeSpan.FromHours(24)),
    };

    public static Grant Active(int number, DateTimeOffset since, TimeSpan length) => Waiting(number, since) with
    {
        State = new GrantState.Active(since, since + length),
        RemindAt = since + length - TimeSpan.FromMinutes(1),
        CheckAt = since + TimeSpan.FromHours(24),
    };

    public static Tenure Tenure(int number, DateTimeOffset at) => new() { Id = Id(number), OpenedAt = at, HeldBefore = false };

    public static Delivery Delivery(string key, string subject = "request:1") =>
        new(key, new Subject(subject), "slack/commands", [1, 0, 255], [42]);

    public static CardKey Card(int request, ChatAccount? reader = null) =>
        new(Subject.Of(new RequestId(Id(request))), new Audience.Person(reader ?? Bob), CardPurpose.Decide);

    public static Note Note(string key, CardKey? thread = null) => new()
    {
        Key = key,
        Subject = Subject.System,
        Audience = new Audience.AuditChannel(ChatPlatform.Slack),
        Thread = thread,
        Message = new ChatMessage
        {
            Title = "Said",
            Facts = [new Fact("Why", "because"), new Fact("Until", new DateTimeOffset(2027, 1, 5, 9, 0, 0, TimeSpan.Zero))],
            Actions = [new ChatAction("Ask", new ChatIntent.Ask(), ActionStyle.Primary)],
        },
    };

    public static Versioned<T> New<T>(T value) => new(value, 0);

    private static AccessRequest Accepted(Decision decision) => decision.ShouldBeOfType<Decision.Accepted>().Request;
}
