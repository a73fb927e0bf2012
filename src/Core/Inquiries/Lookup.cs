using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Inquiries;

/// <summary>What somebody meant by a name.</summary>
public abstract record Lookup<T>
{
    private protected Lookup()
    {
    }

    public sealed record Found(T Value) : Lookup<T>;

    public sealed record NotFound : Lookup<T>;

    /// <param name="Names">Each could be meant; with enough beside it to name that one alone.</param>
    public sealed record Several(IReadOnlyList<string> Names) : Lookup<T>;

    /// <summary>A chat account that proves nothing.</summary>
    public sealed record Refused(Refusal Why) : Lookup<T>;

    public sealed record Unknown(Doubt Why) : Lookup<T>;
}
