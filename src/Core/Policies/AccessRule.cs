using System.Security.Cryptography;
using System.Text;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Policies;

/// <summary>Who may have a target, for how long, decided by whom: attributes read, inherited, with groups found by id.</summary>
public sealed record AccessRule
{
    /// <summary>More of one stage could hardly ever be reached.</summary>
    public const int MostApprovals = 20;

    /// <summary>Used where nothing is written.</summary>
    public static readonly TimeSpan UsualMaximum = TimeSpan.FromDays(30);

    /// <inheritdoc cref="UsualMaximum"/>
    public static readonly TimeSpan UsualLength = TimeSpan.FromHours(8);

    /// <inheritdoc cref="UsualMaximum"/>
    public static readonly TimeSpan UsualPendingTtl = TimeSpan.FromDays(7);

    /// <inheritdoc cref="UsualMaximum"/>
    public static readonly TimeSpan UsualBreakGlassConfirm = TimeSpan.FromHours(4);

    public string Description { get; init; } = "";

    /// <summary>In order; one or more.</summary>
    public required IReadOnlyList<Stage> Stages { get; init; }

    /// <summary>A beneficiary must be in one group of each entry; empty: everybody may ask.</summary>
    public IReadOnlyList<GroupChoice> Eligible { get; init; } = [];

    /// <summary>Members of these get it at once, when they ask for themselves.</summary>
    public IReadOnlyList<GroupRef> AutoApprove { get; init; } = [];

    /// <summary>Members of these may take it at once for themselves in an emergency; it must be confirmed afterwards.</summary>
    public IReadOnlyList<GroupRef> BreakGlass { get; init; } = [];

    /// <summary>What was taken in an emergency and is not confirmed within this time is taken away.</summary>
    public TimeSpan BreakGlassConfirm { get; init; } = UsualBreakGlassConfirm;

    /// <summary>None of these may be held together with the target, in whatever way it is held (separation of duties).</summary>
    public IReadOnlyList<TargetRef> Excludes { get; init; } = [];

    /// <summary>Members of these may decide, too, once a stage has waited for <see cref="EscalateAfter"/> or cannot reach its quorum any more.</summary>
    public IReadOnlyList<GroupRef> Escalation { get; init; } = [];

    /// <summary>Null: only a quorum out of reach escalates.</summary>
    public TimeSpan? EscalateAfter { get; init; }

    /// <summary>Requests are shown there instead of to each who decides. Who may decide stays the same. Null: nowhere.</summary>
    public ChatChannel? Channel { get; init; }

    public TimeSpan MaxDuration { get; init; } = UsualMaximum;

    /// <summary>At most <see cref="MaxDuration"/>.</summary>
    public TimeSpan DefaultDuration { get; init; } = UsualLength;

    public bool MayBePermanent { get; init; }

    public TimeSpan PendingTtl { get; init; } = UsualPendingTtl;

    /// <summary>Each must be found in the reason; empty: ten characters or more.</summary>
    public IReadOnlyList<string> JustificationPatterns { get; init; } = [];

    /// <summary>Each must match the whole ticket; empty: no ticket is asked for.</summary>
    public IReadOnlyList<string> TicketPatterns { get; init; } = [];

    public Risk Risk { get; init; }

    /// <summary>Version of the policy file that had its part in this; null: read before there were any.</summary>
    public string? Policy { get; init; }

    public bool AsksForTicket => TicketPatterns.Count > 0;

    /// <summary>First 16 hex digits of a SHA-256 over what the rule says: two rules with one version say the same.</summary>
    public string Version => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical())))[..16];

    /// <summary>A length that was asked for, shortened to what this rule allows.</summary>
    public AccessLength Limit(AccessLength asked) => asked switch
    {
        AccessLength.WithoutEnd when !MayBePermanent => new AccessLength.For(MaxDuration),
        AccessLength.For span when span.Length > MaxDuration => new AccessLength.For(MaxDuration),
        AccessLength.Window window when window.To - window.From > MaxDuration => window with { To = window.From + MaxDuration },
        _ => asked,
    };

    /// <summary>With as many approvals in each stage as either rule asks for, and those stages of the other that this one has not; itself where that is nothing more.</summary>
    public AccessRule AtLeast(AccessRule other)
    {
        IReadOnlyList<Stage> stages =
        [
            .. Stages.Select((stage, index) => other.Stages.ElementAtOrDefault(index) is { } its && its.Approvals > stage.Approvals ? stage with { Approvals = its.Approvals } : stage),
            .. other.Stages.Skip(Stages.Count),
        ];
        return stages.SequenceEqual(Stages) ? this : this with { Stages = stages };
    }

    private string Canonical()
    {
        var lines = new StringBuilder();
        foreach (var stage in Stages)
            lines.Append("stage ").Append(stage.Approvals).Append(' ').AppendJoin(' ', stage.Groups.Select(g => g.Id.Value).Order(StringComparer.Ordinal)).Append('\n');
        foreach (var choice in Eligible)
            lines.Append("eligible ").AppendJoin(' ', choice.Groups.Select(g => g.Id.Value).Order(StringComparer.Ordinal)).Append('\n');
        if (AutoApprove.Count > 0)
            lines.Append("auto-approve ").AppendJoin(' ', AutoApprove.Select(g => g.Id.Value).Order(StringComparer.Ordinal)).Append('\n');
        if (BreakGlass.Count > 0)
            lines.Append("break-glass ").Append(BreakGlassConfirm.Ticks).Append(' ').AppendJoin(' ', BreakGlass.Select(g => g.Id.Value).Order(StringComparer.Ordinal)).Append('\n');
        if (Excludes.Count > 0)
            lines.Append("excludes ").AppendJoin(' ', Excludes.Select(target => target.Id.ToString()).Order(StringComparer.Ordinal)).Append('\n');
        if (Escalation.Count > 0)
            lines.Append("escalation ").Append(EscalateAfter?.Ticks).Append(' ').AppendJoin(' ', Escalation.Select(g => g.Id.Value).Order(StringComparer.Ordinal)).Append('\n');
        if (Channel is { } channel)
            lines.Append("channel ").Append(channel).Append('\n');
        lines.Append("max ").Append(MaxDuration.Ticks).Append(" default ").Append(DefaultDuration.Ticks).Append(" pending ").Append(PendingTtl.Ticks);
        lines.Append(" permanent ").Append(MayBePermanent).Append('\n');
        foreach (var pattern in JustificationPatterns)
            lines.Append("justification ").Append(pattern.Length).Append(' ').Append(pattern).Append('\n');
        foreach (var pattern in TicketPatterns)
            lines.Append("ticket ").Append(pattern.Length).Append(' ').Append(pattern).Append('\n');
        if (Risk != Risk.Low)
            lines.Append("risk ").Append(Risk).Append('\n');
        return lines.ToString();
    }
}

/// <summary>Members of any of the groups decide; so many of them must approve.</summary>
public sealed record Stage(IReadOnlyList<GroupRef> Groups, int Approvals = 1);

/// <summary>Any of the groups will do.</summary>
public sealed record GroupChoice(IReadOnlyList<GroupRef> Groups)
{
    /// <summary>The same groups, whatever they are called by now.</summary>
    public bool IsSame(GroupChoice other) => Groups.Select(group => group.Id).ToHashSet().SetEquals(other.Groups.Select(group => group.Id));
}
