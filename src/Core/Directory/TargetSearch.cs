namespace ChatGovernance.Core.Directory;

/// <summary>A group or role by id, with the name that people read.</summary>
public sealed record TargetRef(TargetId Id, string Name);

/// <summary>The answer to "which group or role is meant by this?".</summary>
public abstract record TargetSearch
{
    private protected TargetSearch()
    {
    }

    public sealed record Found(TargetRef Target) : TargetSearch;

    public sealed record NotFound : TargetSearch;

    /// <summary>More than one thing is called so: several groups, or a group and a role.</summary>
    public sealed record Ambiguous : TargetSearch;

    public sealed record Unknown(Doubt Why) : TargetSearch;
}
