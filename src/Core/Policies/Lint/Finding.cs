using ChatGovernance.Core.Directory;

namespace ChatGovernance.Core.Policies.Lint;

/// <summary>What is wrong with one target, or could be; or with what a client asks for at login.</summary>
/// <param name="Target">Null: it is about a client, which the name says.</param>
public sealed record Finding(Severity Severity, TargetId? Target, string TargetName, Fault Fault);

public enum Severity
{
    /// <summary>People could be in for a surprise.</summary>
    Warning,

    /// <summary>It cannot be asked for, or nobody could decide on it.</summary>
    Error,
}

/// <summary>What a look at one target can find. Stages count from 0.</summary>
public abstract record Fault
{
    private protected Fault()
    {
    }

    /// <summary>An attribute that is missing or unreadable, or names no group or several.</summary>
    public sealed record Rule(string Problem) : Fault;

    /// <summary>A role that administers a realm stands behind it.</summary>
    public sealed record Administrative(IReadOnlyList<string> Roles) : Fault;

    /// <summary>What it gives, or a group above it, cannot be read.</summary>
    public sealed record NotSeen : Fault;

    /// <summary>Something that its rule rests on cannot be read now.</summary>
    public sealed record NotRead(Doubt Why) : Fault;

    /// <summary>No enabled human being is among those who decide.</summary>
    public sealed record NoApprover(int Stage, IReadOnlyList<string> Groups) : Fault;

    /// <summary>Nobody who decides has a chat account that is proved to be theirs.</summary>
    public sealed record NobodyReachable(int Stage, IReadOnlyList<string> People) : Fault;

    /// <summary>Some who decide cannot be asked in chat.</summary>
    public sealed record ApproversUnreachable(int Stage, IReadOnlyList<string> People) : Fault;

    /// <summary>More must approve than could.</summary>
    /// <param name="Stages">More than one: nobody's approval counts in two of them.</param>
    /// <param name="People">All who could.</param>
    public sealed record QuorumTooLarge(IReadOnlyList<int> Stages, int Needed, IReadOnlyList<string> People) : Fault;

    /// <summary>The one who decides is the one who asks for it: nobody decides on their own request.</summary>
    public sealed record OnlyApproverAsks(int Stage, string Person) : Fault;

    /// <summary>A group that the rule gives something to holds no enabled human being.</summary>
    /// <param name="Attribute">Which names it.</param>
    public sealed record NobodyBelongs(string Attribute, IReadOnlyList<string> Groups) : Fault;

    /// <summary>Those for a decision that does not come are those who decide anyway.</summary>
    public sealed record EscalatesToTheSame(IReadOnlyList<string> Groups) : Fault;

    /// <summary>Requests are to be shown in a channel that the bot cannot see, or not speak in: each who decides is asked instead.</summary>
    public sealed record ChannelOutOfReach(string Channel) : Fault;

    /// <summary>Whoever has it holds what must not be held together with it, so it can neither be extended nor given again.</summary>
    public sealed record ExcludesWhatItBrings(string Other) : Fault;

    /// <summary>Who is in a deciding group is decided, over one step or several, by those whom it decides on.</summary>
    /// <param name="Through">From the target to itself.</param>
    public sealed record DecidesOnItself(IReadOnlyList<string> Through) : Fault;

    /// <summary>A client asks at login for what there is not, or could be one of several: nobody gets in.</summary>
    public sealed record LetsNobodyIn(string Policy, IReadOnlyList<string> Names) : Fault;
}

public abstract record LintReport
{
    private protected LintReport()
    {
    }

    /// <param name="Targets">How many are marked.</param>
    /// <param name="Findings">By name of the target, errors first.</param>
    /// <param name="LookedIntoChat">False: no chat platform is set up, so nobody knows who can be reached.</param>
    /// <param name="PoliciesUnread">What kept login policies from being looked at; null: they were.</param>
    public sealed record Read(int Targets, IReadOnlyList<Finding> Findings, bool LookedIntoChat, Doubt? PoliciesUnread = null) : LintReport;

    /// <summary>What can be asked for cannot be read.</summary>
    public sealed record Unknown(Doubt Why) : LintReport;
}
