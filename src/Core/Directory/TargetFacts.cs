namespace ChatGovernance.Core.Directory;

/// <summary>What the directory says of one target, read in one attempt.</summary>
public sealed record TargetFacts
{
    public required TargetId Id { get; init; }

    /// <summary>The group's path, the realm role's name, or <c>clientId/role</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Attributes of the target first, then of each ancestor, nearest first. Roles have one level.</summary>
    public required IReadOnlyList<AttributeLevel> Levels { get; init; }

    /// <summary>False when an ancestor could not be read: the rule is then unknown.</summary>
    public required bool AncestorsReadable { get; init; }

    /// <summary>Null when they could not be read: the target is then not offered.</summary>
    public required Privileges? Privileges { get; init; }
}

/// <summary>Attributes as the directory holds them, at one group or role.</summary>
public sealed record AttributeLevel(string Where, IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes);

/// <summary>
/// Roles that holding a target brings, composites and parents included:
/// realm roles by name, client roles as <c>clientId/role</c>, sorted.
/// </summary>
/// <param name="EffectiveRoles">For people to read.</param>
/// <param name="Administrative">One of them administers a realm: such a target is never offered or granted.</param>
public sealed record Privileges(IReadOnlyList<string> EffectiveRoles, bool Administrative);
