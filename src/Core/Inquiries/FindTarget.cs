using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Inquiries;

/// <summary>
/// Finds what a name, a path, an id or a part of a name means: first among what is marked in the directory, then among what
/// grants of ours are for, then among all groups.
/// </summary>
public sealed class FindTarget(IDirectory directory, IEntitlements entitlements)
{
    private const int ShownAtMost = 20;

    /// <param name="beyondMarked">Also what nobody is offered: for those who look after access.</param>
    public async Task<Lookup<NamedTarget>> Run(string text, bool beyondMarked, CancellationToken ct)
    {
        var read = await directory.ReadRequestable(ct);
        if (read is not Reading<IReadOnlyList<TargetFacts>>.Known { Value: var marked })
            return new Lookup<NamedTarget>.Unknown(AccessChecks.DoubtOf(read));

        List<NamedTarget> targets = [.. marked.Select(facts => new NamedTarget(facts.Id, facts.Name)).OrderBy(target => target.Name, StringComparer.Ordinal)];
        var exact = targets.Where(target => target.Target.Id == text || target.Target.ToString() == text || string.Equals(target.Name, text, StringComparison.OrdinalIgnoreCase)).ToList();
        // Two may differ in case alone; who writes one of them exactly means that one.
        if (exact.Count > 1 && exact.Where(target => target.Name == text).ToList() is [var meant])
            exact = [meant];
        if (exact.Count > 0)
            return Only(exact);
        var partly = Only([.. targets.Where(target => Folding.Fold(target.Name).Contains(Folding.Fold(text), StringComparison.Ordinal))]);
        if (!beyondMarked)
            return partly;
        var beyond = await Beyond(text, ct);
        return beyond is Lookup<NamedTarget>.NotFound ? partly : beyond;
    }

    private static Lookup<NamedTarget> Only(IReadOnlyList<NamedTarget> found) => found switch
    {
        [] => new Lookup<NamedTarget>.NotFound(),
        [var only] => new Lookup<NamedTarget>.Found(only),
        _ => new Lookup<NamedTarget>.Several([.. found.Take(ShownAtMost).Select(target => $"{target.Name} ({target.Target})")]),
    };

    private async Task<Lookup<NamedTarget>> Beyond(string text, CancellationToken ct)
    {
        var granted = (await entitlements.FindLive([], [], [text], ct)).Select(grant => new NamedTarget(grant.Target, grant.TargetName)).Distinct().ToList();
        if (granted.Count > 0)
            return Only(granted);
        if (TargetId.TryParse(text, out var target))
            return new Lookup<NamedTarget>.Found(new NamedTarget(target, text));
        return await directory.FindGroup(text, ct) switch
        {
            GroupSearch.Found found => new Lookup<NamedTarget>.Found(new NamedTarget(new TargetId(TargetKind.Group, found.Group.Id.Value), found.Group.Path)),
            GroupSearch.Unknown unknown => new Lookup<NamedTarget>.Unknown(unknown.Why),
            _ => new Lookup<NamedTarget>.NotFound(),
        };
    }
}

public sealed record NamedTarget(TargetId Target, string Name);
