using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Grants;

/// <summary>What a grant rests on.</summary>
public abstract record GrantBasis
{
    private protected GrantBasis()
    {
    }

    public sealed record Decision(PersonRef By) : GrantBasis;

    /// <summary>A rule that approves by itself, with the version that did.</summary>
    public sealed record Rule(string Name, string Version) : GrantBasis;

    public sealed record BreakGlass(DateTimeOffset ConfirmBy) : GrantBasis;
}
