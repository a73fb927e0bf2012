using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.Core.Offers;

/// <summary>Which targets meet what a login needs.</summary>
public static class WaysIn
{
    /// <summary>So many are shown.</summary>
    public const int Most = 5;

    /// <summary>Whether holding the target meets the need: by itself, or by a role that it brings.</summary>
    public static bool Meets(CatalogEntry entry, LoginNeed need) =>
        need.Roles.Any(role => (entry.Target.Kind != TargetKind.Group && entry.Name == role) || entry.EffectiveRoles.Contains(role))
        || (entry.Target.Kind == TargetKind.Group && need.Groups.Any(path => entry.Name == path || entry.Name.StartsWith(path + "/", StringComparison.Ordinal)));

    /// <summary>What meets one need at least, the one that gives least first.</summary>
    public static IReadOnlyList<CatalogEntry> Candidates(IReadOnlyList<LoginNeed> needs, IEnumerable<CatalogEntry> entries) =>
    [
        .. entries.Where(entry => needs.Any(need => Meets(entry, need)))
            .OrderBy(entry => entry.EffectiveRoles.Count).ThenBy(entry => entry.Name, StringComparer.Ordinal),
    ];

    /// <summary>Each target that suffices alone; where none does, those that do together, one for each need.</summary>
    /// <param name="candidates">In the order of <see cref="Candidates"/>.</param>
    public static IReadOnlyList<WayIn> Find(IReadOnlyList<LoginNeed> needs, IReadOnlyList<CatalogEntry> candidates)
    {
        if (needs.Count == 0)
            return [];
        var alone = candidates.Where(entry => needs.All(need => Meets(entry, need))).ToList();
        if (alone.Count > 0)
            return [.. alone.Take(Most).Select(entry => new WayIn([Of(entry)]))];

        var together = new List<CatalogEntry>();
        foreach (var need in needs)
        {
            if (together.Exists(entry => Meets(entry, need)))
                continue;
            if (candidates.FirstOrDefault(entry => Meets(entry, need)) is not { } least)
                return [];
            together.Add(least);
        }

        return [new WayIn([.. together.Select(Of)])];
    }

    private static OfferedTarget Of(CatalogEntry entry) => new(entry.Target, entry.Name);
}
