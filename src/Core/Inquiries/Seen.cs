using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Inquiries;

/// <summary>What somebody is shown.</summary>
public abstract record Seen<T>
{
    private protected Seen()
    {
    }

    public sealed record Shown(T Value) : Seen<T>;

    /// <summary>There is no such thing, or none that they may see: which of the two is not told.</summary>
    public sealed record NotThere : Seen<T>;

    public sealed record Refused(Refusal Why) : Seen<T>;

    /// <summary>Nobody can tell now whether they may.</summary>
    public sealed record Unknown(Doubt Why) : Seen<T>;
}
