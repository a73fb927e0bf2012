using System.Globalization;
using System.Text;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.Core.Requests;

/// <summary>What the request form sent, read and checked against a rule; the same checks at the form and, with the fresh rule, later.</summary>
public sealed record Submission(TargetId Target, AccessLength Length, string Justification, string? Ticket, bool Emergency = false)
{
    public const int ReasonMinimum = 10;
    public const int ReasonMaximum = 1000;
    public const int TicketMaximum = 100;

    /// <summary>The value of <see cref="Fields.How"/> that takes access before it is decided on; anything else asks first.</summary>
    public const string InEmergency = "emergency";

    /// <summary>What a request was made of.</summary>
    public static Submission Of(AccessRequest request) => new(request.Target, request.Length, request.Justification, request.Ticket, request.Emergency);

    /// <summary>Reads the raw values. Null: one of them could not have come from the form; <paramref name="field"/> names it.</summary>
    public static Submission? Read(FormInput input, out string? field)
    {
        field = null;
        if (!TargetId.TryParse(input[Fields.Target], out var target))
            field = Fields.Target;
        else if (AccessLength.TryParse(input[Fields.Duration], out var length))
            return new Submission(target, length, Text.Clean(input[Fields.Justification]), Text.Clean(input[Fields.Ticket]) is { Length: > 0 } ticket ? ticket : null, input[Fields.How] == InEmergency);
        else
            field = Fields.Duration;
        return null;
    }

    /// <summary>The same of a form that does not ask what for.</summary>
    public static Submission? ReadFor(TargetId target, FormInput input) =>
        Read(WithTarget(target, input), out _);

    public static FormInput WithTarget(TargetId target, FormInput input) => new(new Dictionary<string, string>(input.Values) { [Fields.Target] = target.ToString() });

    /// <summary>Every refusal with the field it belongs to; empty: nothing speaks against it.</summary>
    public IEnumerable<(string Field, Refusal Why)> Check(AccessRule rule)
    {
        if (CheckLength(rule) is { } wrongLength)
            yield return (Fields.Duration, wrongLength);
        if (CheckReason(rule) is { } wrongReason)
            yield return (Fields.Justification, wrongReason);
        if (CheckTicket(rule) is { } wrongTicket)
            yield return (Fields.Ticket, wrongTicket);
        if (Emergency && rule.BreakGlass.Count == 0)
            yield return (Fields.How, new Refusal.NotForEmergencies());
    }

    private Refusal? CheckLength(AccessRule rule) => Length switch
    {
        AccessLength.WithoutEnd when !rule.MayBePermanent => new Refusal.EndRequired(),
        AccessLength.For span when span.Length > rule.MaxDuration => new Refusal.TooLong(rule.MaxDuration),
        AccessLength.Window window when window.To <= window.From => new Refusal.ImpossibleValue(Fields.Duration),
        AccessLength.Window window when window.To - window.From > rule.MaxDuration => new Refusal.TooLong(rule.MaxDuration),
        _ => null,
    };

    private Refusal? CheckReason(AccessRule rule)
    {
        if (Justification.Length > ReasonMaximum)
            return new Refusal.ReasonTooLong(ReasonMaximum);
        if (rule.JustificationPatterns.Count == 0)
            return Justification.EnumerateRunes().Count(IsSeen) < ReasonMinimum ? new Refusal.ReasonTooShort(ReasonMinimum) : null;
        return rule.JustificationPatterns.FirstOrDefault(pattern => RuleDraft.Compile(pattern)?.IsMatch(Justification) != true) is { } unmet
            ? new Refusal.ReasonDoesNotMatch(unmet)
            : null;
    }

    private Refusal? CheckTicket(AccessRule rule)
    {
        if (!rule.AsksForTicket)
            return null;
        if (Ticket is null)
            return new Refusal.TicketMissing();
        return rule.TicketPatterns.FirstOrDefault(pattern => Ticket.Length > TicketMaximum || RuleDraft.CompileWhole(pattern)?.IsMatch(Ticket) != true) is { } unmet
            ? new Refusal.TicketDoesNotMatch(unmet)
            : null;
    }

    // Zero-width signs make a reason long without a word in it.
    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format;
}
