using System.Globalization;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Health;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Policies.Lint;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Inquiries;

/// <summary>Answers in words: the same in chat and on the command line.</summary>
public static class InquiryMessages
{
    /// <summary>Of more, all of the target or of a person can be revoked by the command.</summary>
    private const int RevokesShown = 10;

    /// <summary>A message holds fifty parts at the most; the command line shows all.</summary>
    public const int ShownInChat = 30;

    private const int Names = 12;

    public static ChatMessage For(Explanation explanation) => explanation.Outcome switch
    {
        ExplainedOutcome.Refused refused => new ChatMessage
        {
            Title = $"{explanation.Person.Name} would not get {explanation.TargetName}",
            Lines = [$"A request would be refused. They would read: \"{Sentences.For(refused.Why)}\"", .. Holds(explanation)],
        },
        ExplainedOutcome.Unknown unknown => new ChatMessage
        {
            Title = $"A request of {explanation.Person.Name} for {explanation.TargetName} would wait",
            Lines = [$"{Sentences.For(unknown.Why)} It goes on by itself once that is settled.", .. Holds(explanation)],
        },
        ExplainedOutcome.Offered offered => new ChatMessage
        {
            Title = offered.ByRule ? $"{explanation.Person.Name} would get {explanation.TargetName} at once"
                : explanation.WouldBeDecided ? $"{explanation.Person.Name} may ask for {explanation.TargetName}" : $"{explanation.Person.Name} may ask for {explanation.TargetName}, but it would not be decided",
            Lines =
            [
                .. offered.ByRule ? [$"Nobody would be asked: its rule approves it for members of {Groups(offered.Rule.AutoApprove)}."] : Array.Empty<string>(),
                .. offered.Stages.Select((stage, index) => Line(stage, index, offered.Stages.Count)),
                .. InEmergency(offered),
                .. Holds(explanation),
            ],
            Facts = [.. Facts(offered)],
        },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <param name="max">So many findings are named at the most.</param>
    public static ChatMessage For(LintReport report, int max) => report switch
    {
        LintReport.Unknown unknown => new ChatMessage { Title = "What can be requested could not be looked at", Lines = [Sentences.For(unknown.Why)] },
        LintReport.Read { Findings.Count: 0 } read => new ChatMessage
        {
            Title = $"Nothing is wrong with what can be requested ({Count(read.Targets, "target")})",
            Small = NotLooked(read),
        },
        LintReport.Read read => new ChatMessage
        {
            Title = $"{Count(read.Findings.Count, "finding")} in what can be requested ({Count(read.Targets, "target")})",
            Lines = [.. read.Findings.Take(max).Select(Line), .. More(read.Findings.Count, max)],
            Small = NotLooked(read),
        },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <param name="max">So many checks are named at the most; those that are not well come first.</param>
    public static ChatMessage For(Diagnosis diagnosis, int max)
    {
        var unwell = diagnosis.Checks.Where(check => check.Result != CheckResult.Ok).OrderBy(check => check.Result switch
        {
            CheckResult.Failed => 0,
            CheckResult.Unknown => 1,
            _ => 2,
        }).ToList();
        return new ChatMessage
        {
            Title = diagnosis.IsIll ? "Not all is well" : unwell.Count > 0 ? "It works, with something to look at" : "All is well",
            Lines = [.. unwell.Take(max).Select(Line), .. More(unwell.Count, max)],
            Small = $"{Count(diagnosis.Checks.Count(check => check.Result == CheckResult.Ok), "check")} found nothing wrong.",
        };
    }

    /// <param name="holders">Of the target, with the grants of each that are not over.</param>
    public static ChatMessage Holders(string targetName, IReadOnlyList<Entitlement> holders, int max) => new()
    {
        Title = holders.Count == 0 ? $"Nobody has {targetName} by a grant of the bot's" : $"{targetName}: {Count(holders.Count, "person", "people")} by a grant of the bot's",
        Lines = [.. holders.Take(max).SelectMany(holder => holder.Grants.Select(grant => Line(holder, grant))), .. More(holders.Count, max)],
        Actions =
        [
            .. holders.SelectMany(holder => holder.Grants.Where(grant => grant.State is GrantState.Active)
                .Select(grant => RequestMessages.Revoke(grant.Request, targetName, holder.Person.Name, $"Revoke from {holder.Person.Name}"))).Take(RevokesShown),
        ],
        Small = "What was given in Keycloak by others is not listed here.",
    };

    /// <param name="what"><c>person</c> or <c>target</c>.</param>
    public static ChatMessage Missed<T>(Lookup<T> lookup, string what, string text) => lookup switch
    {
        Lookup<T>.NotFound => new ChatMessage
        {
            Title = $"No {what} is called \"{text}\"",
            Lines = [what == "person" ? "Write a username, an id in Keycloak, or a chat account: slack:TEAM/USER or teams:TENANT/OBJECT." : "Write a name, a path or an id."],
        },
        Lookup<T>.Several several => new ChatMessage { Title = $"Which {what} is meant by \"{text}\"?", Lines = several.Names },
        Lookup<T>.Refused refused => new ChatMessage { Title = $"\"{text}\" is proved to be nobody's", Lines = [Sentences.For(refused.Why)] },
        Lookup<T>.Unknown unknown => new ChatMessage { Title = "That cannot be answered now", Lines = [Sentences.For(unknown.Why), "Please ask again later."] },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static string For(CheckResult result) => result switch
    {
        CheckResult.Ok => "ok",
        CheckResult.Warning => "warning",
        CheckResult.Failed => "failed",
        CheckResult.Unknown => "unknown",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Line(Check check) => $"{For(check.Result)}: {check.Name}. {check.Sentence}{(check.Mend is { } mend ? $" {mend}" : "")}";

    private static string Line(Finding finding) => $"{LintSentences.For(finding.Severity)}: {finding.TargetName}. {LintSentences.For(finding.Fault)} {LintSentences.Mend(finding.Fault)}";

    private static string Line(Entitlement holder, Grant grant) =>
        $"{holder.Person.Name}: {State(grant, holder.Retry)}; {Basis(grant.Basis)}{(holder.Tenure is { HeldBefore: true } ? "; held before, so the end takes nothing away" : "")}";

    private static string State(Grant grant, Retry? retry) => grant.State switch
    {
        GrantState.Active { EndsAt: { } end } => $"until {Instant(end)}",
        GrantState.Active => "without an end",
        GrantState.Ending ending => $"is being taken away since {Instant(ending.EndedAt)} ({Sentences.For(ending.Why)}){Waits(retry)}",
        GrantState.Waiting or GrantState.Started => $"is being set up{Waits(retry)}",
        GrantState.Ended or GrantState.Failed => "is over",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Basis(GrantBasis basis) => basis switch
    {
        GrantBasis.Decision decision => $"approved by {decision.By.Name}",
        GrantBasis.Rule rule => $"by the rule {rule.Name} ({rule.Version})",
        GrantBasis.BreakGlass glass => $"taken in an emergency, to be confirmed by {Instant(glass.ConfirmBy)}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Waits(Retry? retry) => retry is null ? "" : $"; {Sentences.For(retry.Why)} It is tried again by itself";

    private static string Line(ExplainedStage explained, int index, int count)
    {
        var stage = count == 1 ? "" : $"Stage {Number(index + 1)}: ";
        var needed = $"{Number(explained.Stage.Approvals)} of them must approve";
        return explained.Search switch
        {
            ApproverSearch.Found found => $"{stage}{Sentences.List(found.Approvers.Asked, Names)} would be asked{(found.Escalated ? " (escalated: too few others can decide)" : "")}; {needed}."
                + (found.Unreachable.Count == 0 ? "" : $" Cannot be reached in chat: {Sentences.List(found.Approvers.Unreachable, Names)}."),
            ApproverSearch.Nobody nobody => $"{stage}It would be refused. They would read: \"{Sentences.For(nobody.Why)}\"",
            ApproverSearch.Unknown unknown => $"{stage}It would wait. {Sentences.For(unknown.Why)}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static IEnumerable<string> InEmergency(ExplainedOutcome.Offered offered)
    {
        switch (offered.InEmergency)
        {
            case null:
                break;
            case Reading<Refusal?>.Known { Value: { } why }:
                yield return $"Taken in an emergency, it would be refused. They would read: \"{Sentences.For(why)}\"";
                break;
            case Reading<Refusal?>.Known:
                yield return $"In an emergency they may take it at once; it is taken away again unless it is confirmed within {Sentences.Span(offered.Rule.BreakGlassConfirm)}.";
                break;
            case Reading<Refusal?>.Unknown unknown:
                yield return $"Taken in an emergency, it would wait. {Sentences.For(unknown.Why)}";
                break;
        }
    }

    private static string Groups(IReadOnlyList<GroupRef> groups) => string.Join(" or ", groups.Select(group => group.Path));

    private static IEnumerable<Fact> Facts(ExplainedOutcome.Offered offered)
    {
        var rule = offered.Rule;
        yield return new Fact("At most", rule.MayBePermanent ? "without an end" : Sentences.Span(rule.MaxDuration));
        yield return new Fact("Usually", Sentences.Span(rule.DefaultDuration));
        yield return new Fact("Lapses after", Sentences.Span(rule.PendingTtl));
        yield return new Fact("Reason", rule.JustificationPatterns.Count == 0 ? "ten characters or more" : $"must contain {string.Join(" and ", rule.JustificationPatterns)}");
        yield return new Fact("Ticket", rule.AsksForTicket ? $"must match {string.Join(" and ", rule.TicketPatterns)}" : "none is asked for");
        yield return new Fact("May ask", rule.Eligible.Count == 0 ? "everybody" : string.Join(" and ", rule.Eligible.Select(choice => $"members of {Groups(choice.Groups)}")));
        if (rule.AutoApprove.Count > 0 && !offered.ByRule)
            yield return new Fact("Get it at once", $"members of {Groups(rule.AutoApprove)}");
        if (rule.Excludes.Count > 0)
            yield return new Fact("Never together with", Sentences.List([.. rule.Excludes.Select(target => target.Name)], Names));
        if (rule.Risk == Risk.High)
            yield return new Fact("Risk", "high: each decision counts after a login of whoever makes it");
        if (rule.Channel is { } channel)
            yield return new Fact("Shown in", channel.Name);
        if (rule.Escalation.Count > 0)
            yield return new Fact("Escalates to", $"{string.Join(", ", rule.Escalation.Select(group => group.Path))}{(rule.EscalateAfter is { } after ? $" after {Sentences.Span(after)}" : "")}");
        if (offered.EffectiveRoles.Count > 0)
            yield return new Fact("Gives", Sentences.List(offered.EffectiveRoles, Names));
        yield return new Fact("Rule", rule.Version);
    }

    private static IEnumerable<string> Holds(Explanation explanation)
    {
        if (explanation.HoldsItNow == true)
            yield return "They have it now.";
    }

    private static string? NotLooked(LintReport.Read read) => (read.LookedIntoChat, read.PoliciesUnread) switch
    {
        (true, null) => null,
        (false, null) => NotReached,
        (true, { } why) => PoliciesUnread(why),
        (false, { } why) => $"{NotReached} {PoliciesUnread(why)}",
    };

    private const string NotReached = "No chat platform is set up, so nobody looked at who can be reached.";

    private static string PoliciesUnread(Doubt why) => $"What clients ask for at login was not looked at: {Sentences.For(why)}";

    private static IEnumerable<string> More(int count, int max) => count > max ? [$"… and {Number(count - max)} more; the command line shows all."] : [];

    private static string Count(int count, string one, string? several = null) => $"{Number(count)} {(count == 1 ? one : several ?? one + "s")}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset at) => $"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC";
}
