namespace ChatGovernance.Core.Policies;

/// <summary>What a target's attributes come to.</summary>
public abstract record RuleReading
{
    private protected RuleReading()
    {
    }

    public sealed record Offered(AccessRule Rule) : RuleReading;

    /// <summary>Not marked <c>requestable</c>.</summary>
    public sealed record NotOffered : RuleReading;

    /// <summary>Marked, but a rule is missing, unreadable, not enforced, or the target administers a realm.</summary>
    public sealed record Unusable(IReadOnlyList<string> Problems) : RuleReading;

    public sealed record Unknown(Doubt Why) : RuleReading;
}
