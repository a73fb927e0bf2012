using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.TestSupport.Builders;

/// <summary>Targets as the directory describes them.</summary>
public static class Targets
{
    /// <summary>Requestable, decided by <see cref="Some.ApproverGroup"/>, with these attributes on top: <c>("max-duration", "8h")</c>; a name given twice has two values.</summary>
    public static TargetFacts ATarget(params IReadOnlyList<(string Name, string Value)> attributes) =>
        ABareTarget([(Attributes.Requestable, "true"), (Attributes.ApproverGroup, Some.ApproverGroup.Path), .. attributes]);

    public static TargetFacts ABareTarget(params IReadOnlyList<(string Name, string Value)> attributes) => new()
    {
        Id = Some.Database,
        Name = Some.DatabaseName,
        Levels = [Level(Some.DatabaseName, attributes)],
        AncestorsReadable = true,
        Privileges = Some.NoPrivileges,
    };

    /// <summary>The next ancestor, above those that are there.</summary>
    public static TargetFacts Below(this TargetFacts target, params IReadOnlyList<(string Name, string Value)> attributes) =>
        target with { Levels = [.. target.Levels, Level($"/above-{target.Levels.Count}", attributes)] };

    public static TargetFacts Without(this TargetFacts target, string attribute) => target with
    {
        Levels = [.. target.Levels.Select(level => level with { Attributes = level.Attributes.Where(pair => pair.Key != attribute).ToDictionary() })],
    };

    public static AttributeLevel Level(string where, IReadOnlyList<(string Name, string Value)> attributes) => new(
        where,
        attributes.GroupBy(attribute => attribute.Name).ToDictionary(group => group.Key, IReadOnlyList<string> (group) => [.. group.Select(attribute => attribute.Value)]));

    public static CatalogEntry AnEntry(string name, string description = "", AccessRule? rule = null, string? id = null) =>
        new(new TargetId(TargetKind.Group, id ?? name), name, (rule ?? Some.Rule()) with { Description = description }, []);

    public static Catalog ACatalog(params IReadOnlyList<CatalogEntry> entries) => new(Some.Now, entries, []);
}
