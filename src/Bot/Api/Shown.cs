using System.Text.Json;
using ChatGovernance.Bot.Api.Models;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Policies.Lint;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Bot.Api;

/// <summary>What is stored, as callers are shown it.</summary>
internal static class Shown
{
    public static AccessRequestShown Of(AccessRequest request) => new()
    {
        Id = request.Id.ToString(),
        Status = request.State.Name,
        CreatedAt = request.ReceivedAt,
        Requester = Of(request.Filing.Person),
        Beneficiary = Of(request.Beneficiary),
        OnBehalf = request.Filing.ForOther,
        Client = request.Filing.Client,
        Target = Of(request.Target, request.TargetName),
        Length = Of(request.Length),
        Window = request.Length is AccessLength.Window window ? new WindowBody(window.From, window.To) : null,
        Justification = request.Justification,
        Ticket = request.Ticket,
        Emergency = request.Emergency,
        Extends = request.Extends?.ToString(),
        Stage = request is { State: RequestState.Pending pending, Rule: { } rule }
            ? new StageShown(pending.Stage + 1, rule.Stages.Count, rule.Stages[pending.Stage].Approvals, request.Approvers.Asked, pending.LapsesAt)
            : null,
        Questions = [.. request.Questions.Select(Of)],
        Votes = [.. request.Votes.Select(Of)],
        Outcome = Outcome(request.State),
        HeldUpBy = request.HeldUpBy is { } doubt ? Sentences.For(doubt) : null,
    };

    public static GrantShown Of(GrantRecord record)
    {
        var grant = record.Grant;
        return new GrantShown
        {
            Id = grant.Id.ToString(),
            RequestId = grant.Request.ToString(),
            Person = Of(record.Person)!,
            Target = Of(record.Target, record.TargetName),
            Status = grant.State.Name,
            Basis = grant.Basis switch
            {
                GrantBasis.Decision => "decision",
                GrantBasis.Rule => "rule",
                GrantBasis.BreakGlass => "break-glass",
                _ => throw new System.Diagnostics.UnreachableException(),
            },
            StartedAt = grant.State switch
            {
                GrantState.Active active => active.Since,
                GrantState.Started started => started.Since,
                GrantState.Ending ending => ending.Since,
                _ => null,
            },
            EndsAt = grant.EndsAt,
            EndedAt = grant.State switch
            {
                GrantState.Ended ended => ended.At,
                GrantState.Failed failed => failed.At,
                _ => null,
            },
            EndReason = grant.State switch
            {
                GrantState.Ending ending => Sentences.For(ending.Why),
                GrantState.Ended ended => Sentences.For(ended.Why),
                GrantState.Failed failed => Sentences.For(failed.Why),
                _ => null,
            },
            EndOutcome = grant.State is GrantState.Ended over ? Kebab(over.Outcome.ToString()) : null,
            ResidualPaths = grant.State is GrantState.Ended { ResidualPaths: { } paths } ? paths : null,
            HeldUpBy = !grant.State.IsOver && record.Retry is { } retry ? Sentences.For(retry.Why) : null,
        };
    }

    public static OfferedTarget Of(CatalogEntry entry) => new(TypeOf(entry.Target.Kind), entry.Target.Id, entry.Name, entry.Rule.Description)
    {
        Gives = entry.EffectiveRoles,
        MaxDuration = Durations.Write(entry.Rule.MaxDuration),
        DefaultDuration = Durations.Write(entry.Rule.DefaultDuration),
        MayBePermanent = entry.Rule.MayBePermanent,
        AsksForTicket = entry.Rule.AsksForTicket,
        Risk = Kebab(entry.Rule.Risk.ToString()),
    };

    public static ExplanationShown Of(Explanation explanation)
    {
        var message = InquiryMessages.For(explanation);
        return new ExplanationShown
        {
            Person = Of(explanation.Person)!,
            Target = explanation.TargetName,
            Outcome = explanation.Outcome switch
            {
                ExplainedOutcome.Offered { ByRule: true } => "granted-by-rule",
                ExplainedOutcome.Offered => "asked",
                ExplainedOutcome.Refused => "refused",
                ExplainedOutcome.Unknown => "waits",
                _ => throw new System.Diagnostics.UnreachableException(),
            },
            WouldBeDecided = explanation.WouldBeDecided,
            HoldsItNow = explanation.HoldsItNow,
            Problem = explanation.Outcome is ExplainedOutcome.Refused refused ? Problems.TypeOf(refused.Why.GetType()) : null,
            Sentences = [message.Title, .. message.Lines],
            Stages = explanation.Outcome is ExplainedOutcome.Offered offered ? [.. offered.Stages.Select(Of)] : null,
        };
    }

    public static AuditRow Of(AuditRecord record) => new()
    {
        Number = record.Number,
        At = record.At,
        Kind = record.Kind,
        Subject = record.Subject.Value,
        Facts = record.Facts,
        Personal = record.Personal,
        PreviousHash = record.PreviousHash,
        Hash = record.Hash,
    };

    public static LintShown Of(LintReport.Read report) => new(report.Targets,
    [
        .. report.Findings.Select(finding => new FindingShown(
            Kebab(finding.Severity.ToString()), Kebab(finding.Fault.GetType().Name), finding.TargetName, LintSentences.For(finding.Fault), LintSentences.Mend(finding.Fault))
        {
            Target = finding.Target is { } target ? Of(target, finding.TargetName) : null,
        }),
    ]);

    public static ResourceType TypeOf(TargetKind kind) => kind switch
    {
        TargetKind.Group => ResourceType.Group,
        TargetKind.RealmRole => ResourceType.RealmRole,
        TargetKind.ClientRole => ResourceType.ClientRole,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static TargetKind KindOf(ResourceType type) => type switch
    {
        ResourceType.Group => TargetKind.Group,
        ResourceType.RealmRole => TargetKind.RealmRole,
        ResourceType.ClientRole => TargetKind.ClientRole,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <param name="word">As JSON has it.</param>
    public static TargetKind KindOf(string word) => KindOf(Enum.GetValues<ResourceType>().First(type => Word(type) == word));

    public static string Word(ResourceType type) => Kebab(type.ToString());

    private static PersonShown? Of(PersonRef? person) => person is null ? null : new PersonShown(person.Id.Value, person.Name);

    private static TargetShown Of(TargetId target, string name) => new(TypeOf(target.Kind), target.Id, name);

    private static string? Of(AccessLength length) => length switch
    {
        AccessLength.For span => Durations.Write(span.Length),
        AccessLength.WithoutEnd => AccessLength.WithoutEndText,
        _ => null,
    };

    /// <summary>What does not count, or not yet, puts no words before anybody.</summary>
    private static VoteShown Of(Vote vote)
    {
        var shown = new VoteShown(vote.ReceivedAt, Kebab(vote.State.GetType().Name));
        return vote.State is not VoteState.Counted counted ? shown : shown with
        {
            By = Of(counted.By),
            Choice = vote.Choice == Choice.Approve ? VoteChoice.Approve : VoteChoice.Deny,
            Reason = vote.Reason,
            AtMost = vote.AtMost is { } limit ? Durations.Write(limit) : null,
        };
    }

    private static QuestionShown Of(Question question) => new(question.Id.ToString("N"), Of(question.By)!, question.Text, question.At)
    {
        Answer = question.Answer is { } answer ? new QuestionAnswerShown(Of(answer.By)!, answer.Text, answer.At) : null,
    };

    private static OutcomeShown? Outcome(RequestState state) => state switch
    {
        RequestState.Approved approved => new OutcomeShown(approved.At) { By = Of(approved.By), ByRule = approved.ByRule },
        RequestState.Denied denied => new OutcomeShown(denied.At) { By = Of(denied.By), Reason = denied.Reason },
        RequestState.Cancelled cancelled => new OutcomeShown(cancelled.At) { By = Of(cancelled.By) },
        RequestState.Lapsed lapsed => new OutcomeShown(lapsed.At),
        RequestState.Refused refused => new OutcomeShown(refused.At) { Problem = Problems.TypeOf(refused.Why.GetType()), Reason = Sentences.For(refused.Why) },
        _ => null,
    };

    private static ExplainedStageShown Of(ExplainedStage stage)
    {
        var found = stage.Search as ApproverSearch.Found;
        return new ExplainedStageShown(stage.Stage.Approvals, [.. stage.Stage.Groups.Select(group => group.Path)], found?.Approvers.Asked ?? [], found?.Approvers.Unreachable ?? []);
    }

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
