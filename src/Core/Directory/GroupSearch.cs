namespace ChatGovernance.Core.Directory;

/// <summary>The answer to "which group is meant by this name, path or <c>id:…</c>?".</summary>
public abstract record GroupSearch
{
    private protected GroupSearch()
    {
    }

    public sealed record Found(GroupRef Group) : GroupSearch;

    public sealed record NotFound : GroupSearch;

    /// <summary>More than one group has the name or shows the path.</summary>
    public sealed record Ambiguous : GroupSearch;

    public sealed record Unknown(Doubt Why) : GroupSearch;
}
