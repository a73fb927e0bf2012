using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Grants;

/// <summary>Why a grant never came to be.</summary>
public abstract record GrantFailure
{
    private protected GrantFailure()
    {
    }

    /// <summary>In a word, as the audit has it.</summary>
    public string Code => this is NotAllowed { Why: var why } ? why.GetType().Name : GetType().Name;

    /// <summary>A rule or a fact, read fresh, speaks against it.</summary>
    public sealed record NotAllowed(Refusal Why) : GrantFailure;

    /// <summary>It could not be made in time.</summary>
    public sealed record OutOfTime(Doubt? LastDoubt) : GrantFailure;
}
