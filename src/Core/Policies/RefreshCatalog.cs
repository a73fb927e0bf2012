using System.Collections.Concurrent;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Policies;

/// <summary>
/// Reads all that can be requested. A read that failed, or brought nothing where there was something, leaves the last good
/// one in place. What cannot be offered is told once, with why.
/// </summary>
public sealed class RefreshCatalog(IDirectory directory, AccessChecks checks, IEntitlements entitlements, Alarms alarms, ICommits commits, TimeProvider time)
{
    private const int AtOnce = 8;

    /// <summary>Where most of what was offered cannot be read, the directory is in trouble, not each rule: so long the last good one stays.</summary>
    public static readonly TimeSpan UntilBelieved = TimeSpan.FromHours(1);

    /// <param name="before">The last good one.</param>
    public async Task<CatalogRefresh> Run(Catalog before, CancellationToken ct)
    {
        var realm = await checks.ReadRealm(ct);
        if (realm is not Reading<DirectoryIdentity>.Known)
        {
            if (realm is Reading<DirectoryIdentity>.Unknown { Why: Doubt.OtherRealm })
                await alarms.Raise(Alarm.OtherRealm, ct);
            return new CatalogRefresh.Kept(AccessChecks.DoubtOf(realm));
        }

        await alarms.End(Alarm.OtherRealm, ct);

        var read = await directory.ReadRequestable(ct);
        if (read is not Reading<IReadOnlyList<TargetFacts>>.Known { Value: var targets })
            return new CatalogRefresh.Kept(AccessChecks.DoubtOf(read));
        if (targets.Count == 0 && before.Entries.Count > 0)
            return new CatalogRefresh.Kept(Doubt.Unreadable);

        var now = time.GetUtcNow();
        var entries = new ConcurrentBag<CatalogEntry>();
        var unusable = new ConcurrentBag<UnusableTarget>();
        var unreadable = new ConcurrentDictionary<TargetId, Doubt>();
        Doubt? doubt = null;
        var rules = checks.Rules();
        await Parallel.ForEachAsync(targets, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (facts, token) =>
        {
            switch (await rules.Read(facts, token))
            {
                case RuleReading.Offered offered:
                    entries.Add(new CatalogEntry(facts.Id, facts.Name, offered.Rule, facts.Privileges!.EffectiveRoles));
                    break;
                case RuleReading.Unusable problem:
                    unusable.Add(new UnusableTarget(facts.Id, facts.Name, problem.Problems));
                    break;
                case RuleReading.Unknown { Why: Doubt.Forbidden or Doubt.Unreadable } unknown:
                    // Lasting, and about this target alone: it does not keep all others from being read.
                    unreadable[facts.Id] = unknown.Why;
                    unusable.Add(new UnusableTarget(facts.Id, facts.Name, [$"a group that its rules name cannot be read: {Chat.Sentences.For(unknown.Why).TrimEnd('.')}"]));
                    break;
                case RuleReading.Unknown unknown:
                    doubt = unknown.Why;
                    break;
            }
        });
        if (doubt is { } why)
            return new CatalogRefresh.Kept(why);
        var lost = before.Entries.Count(entry => unreadable.ContainsKey(entry.Target));
        if (lost >= 2 && lost > before.Entries.Count - lost && now - before.TakenAt < UntilBelieved)
            return new CatalogRefresh.Kept(unreadable.Values.First());

        var catalog = new Catalog(now, [.. entries], [.. unusable.OrderBy(target => target.Name, StringComparer.Ordinal)]);
        await Tell(before, catalog, now, ct);
        await CheckGrantsOf(before, catalog, now, ct);
        return new CatalogRefresh.Read(catalog);
    }

    private async Task Tell(Catalog before, Catalog catalog, DateTimeOffset now, CancellationToken ct)
    {
        var known = before.Unusable.ToDictionary(target => target.Target, Words);
        List<AuditEntry> audit =
        [
            .. catalog.Unusable.Where(target => known.GetValueOrDefault(target.Target) != Words(target))
                .Select(target => Row(AuditKind.TargetUnusable, target.Target, target.Name, now, Words(target))),
            .. before.Unusable.Where(target => catalog.Find(target.Target) is not null)
                .Select(target => Row(AuditKind.TargetUsable, target.Target, target.Name, now, null)),
        ];
        if (audit.Count > 0)
            await commits.Commit(new Changes { Audit = audit }, ct);
    }

    /// <summary>A target that is no longer offered may be gone: grants of it are looked at now, not tomorrow.</summary>
    private async Task CheckGrantsOf(Catalog before, Catalog catalog, DateTimeOffset now, CancellationToken ct)
    {
        var vanished = before.Entries.Select(entry => entry.Target).Where(target => catalog.Find(target) is null).ToHashSet();
        if (vanished.Count == 0)
            return;

        vanished.IntersectWith(await entitlements.TargetsWithLiveGrants(ct));
        if (vanished.Count > 0)
            await entitlements.CheckSoon(vanished, now, ct);
    }

    private static string Words(UnusableTarget target) => string.Join("; ", target.Problems);

    private static AuditEntry Row(string kind, TargetId target, string name, DateTimeOffset now, string? problems)
    {
        var facts = new Dictionary<string, string> { ["target"] = target.ToString(), ["target-name"] = name };
        if (problems is not null)
            facts["problems"] = problems;
        return new AuditEntry { Kind = kind, Subject = Subject.Of(target), At = now, Facts = facts };
    }
}

public abstract record CatalogRefresh
{
    private protected CatalogRefresh()
    {
    }

    public sealed record Read(Catalog Catalog) : CatalogRefresh;

    /// <summary>The last good one stays.</summary>
    public sealed record Kept(Doubt Why) : CatalogRefresh;
}
