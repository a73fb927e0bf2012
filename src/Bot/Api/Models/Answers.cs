using System.ComponentModel;

namespace ChatGovernance.Bot.Api.Models;

internal sealed record PersonShown([property: Description("The user id in Keycloak.")] string Id, string Name);

internal sealed record TargetShown(ResourceType ResourceType, [property: Description("The id in Keycloak.")] string ResourceId, string Name);

internal sealed record AccessRequestShown
{
    public required string Id { get; init; }

    [Description("received, pending, approved, denied, cancelled, lapsed or refused.")]
    public required string Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    [Description("Who filed it; absent until Keycloak has said who a chat account is.")]
    public PersonShown? Requester { get; init; }

    [Description("Who is to hold it.")]
    public PersonShown? Beneficiary { get; init; }

    public required bool OnBehalf { get; init; }

    [Description("The client whose token was shown; absent where it was asked for in chat.")]
    public string? Client { get; init; }

    public required TargetShown Target { get; init; }

    [Description("8h, 30d, or permanent; absent for a window.")]
    public string? Length { get; init; }

    public WindowBody? Window { get; init; }

    public required string Justification { get; init; }

    public string? Ticket { get; init; }

    public required bool Emergency { get; init; }

    [Description("The request whose grant is to go on for longer.")]
    public string? Extends { get; init; }

    [Description("What is being decided; absent once it is closed.")]
    public StageShown? Stage { get; init; }

    public required IReadOnlyList<VoteShown> Votes { get; init; }

    [Description("What those who decide wanted to know first.")]
    public required IReadOnlyList<QuestionShown> Questions { get; init; }

    [Description("How it ended; absent while it is open.")]
    public OutcomeShown? Outcome { get; init; }

    [Description("What keeps it waiting, for people.")]
    public string? HeldUpBy { get; init; }

    [Description("The others that were filed by the same call; Location lists all of them.")]
    public IReadOnlyList<AccessRequestShown>? Also { get; init; }
}

internal sealed record StageShown(int Number, int Of, int Approvals, IReadOnlyList<string> Asked, DateTimeOffset LapsesAt);

internal sealed record VoteShown(DateTimeOffset At, [property: Description("cast, unconfirmed, counted or dropped.")] string Status)
{
    [Description("Who decided; this and the rest are there once it counts.")]
    public PersonShown? By { get; init; }

    public VoteChoice? Choice { get; init; }

    public string? Reason { get; init; }

    public string? AtMost { get; init; }
}

internal sealed record QuestionShown(string Id, PersonShown By, string Text, DateTimeOffset At)
{
    [Description("Absent until it is answered.")]
    public QuestionAnswerShown? Answer { get; init; }
}

internal sealed record QuestionAnswerShown(PersonShown By, string Text, DateTimeOffset At);

internal sealed record OutcomeShown(DateTimeOffset At)
{
    public PersonShown? By { get; init; }

    [Description("The rule that approved it without a person.")]
    public string? ByRule { get; init; }

    public string? Reason { get; init; }

    [Description("Why it was refused, as a problem's type.")]
    public string? Problem { get; init; }
}

internal sealed record AccessRequestList(IReadOnlyList<AccessRequestShown> Items)
{
    [Description("The cursor of the next page; absent on the last one.")]
    public string? Next { get; init; }
}

internal sealed record GrantShown
{
    public required string Id { get; init; }

    [Description("The request that it came of.")]
    public required string RequestId { get; init; }

    public required PersonShown Person { get; init; }

    public required TargetShown Target { get; init; }

    [Description("waiting, started, active, ending, ended or failed.")]
    public required string Status { get; init; }

    [Description("decision, rule or break-glass.")]
    public required string Basis { get; init; }

    [Description("When Keycloak confirmed it.")]
    public DateTimeOffset? StartedAt { get; init; }

    [Description("Absent without an end, and before there is one.")]
    public DateTimeOffset? EndsAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    [Description("Why it ended, or failed; for people.")]
    public string? EndReason { get; init; }

    [Description("What the end came to: removed, kept-for-other-grant, kept-held-before, kept-added-outside or already-gone.")]
    public string? EndOutcome { get; init; }

    [Description("Other ways by which the person still has it.")]
    public IReadOnlyList<string>? ResidualPaths { get; init; }

    [Description("What keeps the next step waiting; for people.")]
    public string? HeldUpBy { get; init; }
}

internal sealed record GrantList(IReadOnlyList<GrantShown> Items)
{
    [Description("The cursor of the next page; absent on the last one.")]
    public string? Next { get; init; }
}

internal sealed record OfferedTarget(ResourceType ResourceType, string ResourceId, string Name, string Description)
{
    [Description("Roles that it brings.")]
    public required IReadOnlyList<string> Gives { get; init; }

    public required string MaxDuration { get; init; }

    public required string DefaultDuration { get; init; }

    public required bool MayBePermanent { get; init; }

    public required bool AsksForTicket { get; init; }

    [Description("low, medium or high.")]
    public required string Risk { get; init; }
}

internal sealed record OfferedTargetList(IReadOnlyList<OfferedTarget> Items)
{
    [Description("The cursor of the next page; absent on the last one.")]
    public string? Next { get; init; }
}

internal sealed record ExplanationShown
{
    public required PersonShown Person { get; init; }

    public required string Target { get; init; }

    [Description("granted-by-rule, asked, refused or waits.")]
    public required string Outcome { get; init; }

    [Description("Whether somebody could decide in each stage, as far as that can be told.")]
    public required bool WouldBeDecided { get; init; }

    [Description("Absent: that cannot be read.")]
    public bool? HoldsItNow { get; init; }

    [Description("Why it would be refused, as a problem's type.")]
    public string? Problem { get; init; }

    [Description("For people.")]
    public required IReadOnlyList<string> Sentences { get; init; }

    public IReadOnlyList<ExplainedStageShown>? Stages { get; init; }
}

internal sealed record ExplainedStageShown(int Approvals, IReadOnlyList<string> Groups, IReadOnlyList<string> Asked, IReadOnlyList<string> Unreachable);

internal sealed record AuditRow
{
    public required long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Kind { get; init; }

    public required string Subject { get; init; }

    [Description("Ids, states and counters.")]
    public required IReadOnlyDictionary<string, string> Facts { get; init; }

    [Description("Names and reasons; null where they were erased.")]
    public required IReadOnlyDictionary<string, string?> Personal { get; init; }

    public required string PreviousHash { get; init; }

    public required string Hash { get; init; }
}

internal sealed record AuditPage(IReadOnlyList<AuditRow> Items)
{
    [Description("The cursor of the next page; absent on the last one.")]
    public string? Next { get; init; }
}

internal sealed record AuditHeadShown(long Number, string Hash);

internal sealed record LintShown([property: Description("How many targets are marked as requestable.")] int Targets, IReadOnlyList<FindingShown> Findings);

internal sealed record FindingShown([property: Description("warning or error.")] string Severity, [property: Description("What is wrong, in one word.")] string Fault, string Name, string Detail, string Mend)
{
    [Description("Absent where it is about a client.")]
    public TargetShown? Target { get; init; }
}
