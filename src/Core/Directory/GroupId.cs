namespace ChatGovernance.Core.Directory;

public readonly record struct GroupId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>A group by id, with the path that people read.</summary>
public sealed record GroupRef(GroupId Id, string Path);
