using ChatGovernance.Core.Directory;

namespace ChatGovernance.Core.Policies.Lint;

/// <summary>
/// Groups that can be asked for and decide on each other: whoever is in one lets others into it. A walk from each group over the
/// groups that decide on it, as far as these can be asked for themselves.
/// </summary>
internal static class DecidingCircles
{
    /// <summary>Each circle once, at the first of its targets by name.</summary>
    public static IEnumerable<Finding> Find(IReadOnlyList<(TargetFacts Facts, AccessRule Rule)> targets)
    {
        var groups = targets.Where(target => target.Facts.Id.Kind == TargetKind.Group).ToDictionary(target => target.Facts.Id.Id);
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in groups.Values.OrderBy(target => target.Facts.Name, StringComparer.Ordinal))
        {
            if (WayBack(start.Facts.Id.Id, groups) is { } way && !way.Exists(told.Contains))
            {
                told.UnionWith(way);
                yield return new Finding(
                    Severity.Warning, start.Facts.Id, start.Facts.Name,
                    new Fault.DecidesOnItself([.. way.Select(id => groups[id].Facts.Name), start.Facts.Name]));
            }
        }
    }

    /// <summary>The shortest; null: there is none.</summary>
    private static List<string>? WayBack(string start, IReadOnlyDictionary<string, (TargetFacts Facts, AccessRule Rule)> groups)
    {
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var at))
        {
            foreach (var next in DecidersOf(groups[at].Rule).Where(groups.ContainsKey))
            {
                if (next == start)
                    return Trace(at, cameFrom);
                if (cameFrom.TryAdd(next, at))
                    open.Enqueue(next);
            }
        }

        return null;
    }

    private static List<string> Trace(string last, Dictionary<string, string> cameFrom)
    {
        List<string> way = [last];
        while (cameFrom.TryGetValue(way[0], out var before))
            way.Insert(0, before);
        return way;
    }

    private static IEnumerable<string> DecidersOf(AccessRule rule) =>
        rule.Stages.SelectMany(stage => stage.Groups).Concat(rule.Escalation).Select(group => group.Id.Value).Distinct();
}
