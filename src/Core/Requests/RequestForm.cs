using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.Core.Requests;

/// <summary>The form in which access is asked for.</summary>
public static class RequestForm
{
    private const string Title = "Request access";

    /// <summary>In order.</summary>
    internal static readonly IReadOnlyList<TimeSpan> UsualLengths =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(8),
        TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(30), TimeSpan.FromDays(90),
    ];

    /// <summary>Opened at once, whatever is slow.</summary>
    public static ChatForm Skeleton(FormId id) => new()
    {
        Id = id,
        Purpose = new FormPurpose.Ask(),
        Title = Title,
        Parts = [new FormPart.Words("One moment, getting the list of what you can ask for …")],
    };

    /// <summary>The form cannot be used; it says why and what to do.</summary>
    public static ChatForm Closed(FormId id, string why) => Skeleton(id) with { Parts = [new FormPart.Words(why)] };

    /// <param name="deciders">Who will decide, as people read it; empty: the groups are named.</param>
    public static ChatForm Filled(FormId id, CatalogEntry? picked, IReadOnlyList<string> deciders)
    {
        var target = new FormPart.Search(Fields.Target, "What do you need?", "Type a few letters of its name", picked is null ? null : Option(picked));
        if (picked is null)
        {
            return Skeleton(id) with
            {
                Submit = "Send",
                Parts = [target, Duration(new AccessRule { Stages = [] }), Justification(new AccessRule { Stages = [] })],
            };
        }

        var parts = new List<FormPart> { target, About(picked, deciders), Duration(picked.Rule), Justification(picked.Rule) };
        if (Ticket(picked.Rule) is { } ticket)
            parts.Add(ticket);
        if (picked.Rule.BreakGlass.Count > 0)
            parts.Add(How(picked.Rule));
        return Skeleton(id) with { Submit = "Send", Parts = parts };
    }

    /// <summary>Offered to everybody: whether somebody may is read afresh when the form has been sent.</summary>
    private static FormPart.Choice How(AccessRule rule) => new(
        Fields.How,
        "Can it wait for a decision?",
        [
            new FormOption("ask", "Yes, ask first"),
            new FormOption(Submission.InEmergency, $"Emergency: take it now, confirmed within {Sentences.Span(rule.BreakGlassConfirm)}"),
        ],
        "ask");

    public static FormOption Option(CatalogEntry entry) => new(entry.Target.ToString(), $"{entry.Name} · {KindOf(entry.Target.Kind)}");

    private static FormPart.Facts About(CatalogEntry entry, IReadOnlyList<string> deciders)
    {
        var facts = new List<Fact>();
        if (entry.Rule.Description.Length > 0)
            facts.Add(new Fact("About", entry.Rule.Description));
        facts.Add(new Fact("Gives", entry.EffectiveRoles.Count == 0 ? $"membership of {entry.Name}" : Sentences.List(entry.EffectiveRoles, 8)));
        var groups = entry.Rule.Stages.SelectMany(stage => stage.Groups).Select(group => group.Path).ToList();
        facts.Add(new Fact("Decided by", deciders.Count == 0 ? $"members of {Sentences.List(groups, 5)}" : Sentences.List(deciders, 5)));
        if (entry.Rule.Eligible.Count > 0)
            facts.Add(new Fact("May be asked for by", $"members of {string.Join(" who are also in ", entry.Rule.Eligible.Select(choice => Sentences.List([.. choice.Groups.Select(group => group.Path)], 5)))}"));
        return new FormPart.Facts(facts);
    }

    private static FormPart.Choice Duration(AccessRule rule)
    {
        var lengths = UsualLengths.Where(length => length < rule.MaxDuration && (length >= TimeSpan.FromMinutes(1) || rule.MaxDuration <= TimeSpan.FromHours(1)))
            .Append(rule.MaxDuration).Append(rule.DefaultDuration).Distinct().Order();
        var options = lengths.Select(length => new FormOption(Durations.Write(length), Sentences.Span(length))).ToList();
        if (rule.MayBePermanent)
            options.Add(new FormOption(AccessLength.WithoutEndText, "Without an end"));
        return new FormPart.Choice(Fields.Duration, "For how long?", options, Durations.Write(rule.DefaultDuration));
    }

    /// <summary>Null: no ticket is asked for.</summary>
    internal static FormPart.TextField? Ticket(AccessRule rule) => rule.AsksForTicket
        ? new FormPart.TextField(Fields.Ticket, "Ticket", $"Must match {string.Join(" and ", rule.TicketPatterns)}", Submission.TicketMaximum, Multiline: false, Optional: false)
        : null;

    internal static FormPart.TextField Justification(AccessRule rule) => new(
        Fields.Justification,
        "Why do you need it?",
        rule.JustificationPatterns.Count == 0
            ? $"At least {Submission.ReasonMinimum} characters. The people who decide and the security team read it."
            : $"Must contain {string.Join(" and ", rule.JustificationPatterns)}. The people who decide and the security team read it.",
        Submission.ReasonMaximum,
        Multiline: true,
        Optional: false);

    private static string KindOf(TargetKind kind) => kind switch
    {
        TargetKind.Group => "group",
        TargetKind.RealmRole => "role",
        TargetKind.ClientRole => "app role",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
