using System.Collections.Concurrent;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Policies.Lint;

/// <summary>
/// Looks at every target that is marked as a request for it would: whether its rules can be read, whether somebody could decide in
/// each stage, and could be asked. Changes nothing.
/// </summary>
public sealed class LintCatalog(IDirectory directory, AccessChecks checks, Identities identities, IEnumerable<IChatPlatform> platforms, IOverview overview, TimeProvider time)
{
    private const int AtOnce = 4;

    /// <summary>Who asked longer ago says little of who asks.</summary>
    private static readonly TimeSpan recent = TimeSpan.FromDays(90);

    private readonly bool looksIntoChat = platforms.Any();

    public async Task<LintReport> Run(CancellationToken ct)
    {
        var realm = await checks.ReadRealm(ct);
        if (realm is not Reading<DirectoryIdentity>.Known { Value: var identity })
            return new LintReport.Unknown(AccessChecks.DoubtOf(realm));
        var read = await directory.ReadRequestable(ct);
        if (read is not Reading<IReadOnlyList<TargetFacts>>.Known { Value: var targets })
            return new LintReport.Unknown(AccessChecks.DoubtOf(read));

        var usual = await overview.UsualBeneficiaries(time.GetUtcNow() - recent, ct);
        var rules = new RuleBook(directory);
        var deciders = new DecidingPeople(directory, identities, identity.Self, looksIntoChat);
        var findings = new ConcurrentBag<Finding>();
        var usable = new ConcurrentBag<(TargetFacts Facts, AccessRule Rule)>();
        await Parallel.ForEachAsync(targets, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (facts, token) =>
        {
            foreach (var (severity, fault) in FaultsOfSight(facts))
                findings.Add(new Finding(severity, facts.Id, facts.Name, fault));
            // What it gives is judged above; here the attributes alone.
            switch (await rules.Read(facts with { AncestorsReadable = true, Privileges = new Privileges([], Administrative: false) }, token))
            {
                case RuleReading.Unusable unusable:
                    foreach (var problem in unusable.Problems)
                        findings.Add(new Finding(Severity.Error, facts.Id, facts.Name, new Fault.Rule(problem)));
                    break;
                case RuleReading.Unknown unknown:
                    findings.Add(new Finding(Severity.Warning, facts.Id, facts.Name, new Fault.NotRead(unknown.Why)));
                    break;
                case RuleReading.Offered { Rule: var rule }:
                    usable.Add((facts, rule));
                    PersonId? asks = usual.TryGetValue(facts.Id, out var person) ? person : null;
                    foreach (var (severity, fault) in await new LintStages(directory, deciders, asks).Run(rule, token))
                        findings.Add(new Finding(severity, facts.Id, facts.Name, fault));
                    break;
            }
        });

        return new LintReport.Read(
            targets.Count,
            [
                .. findings.Concat(DecidingCircles.Find([.. usable]))
                    .OrderBy(finding => finding.TargetName, StringComparer.Ordinal).ThenByDescending(finding => finding.Severity)
                    .ThenBy(finding => finding.Fault.GetType().Name, StringComparer.Ordinal).ThenBy(finding => finding.Fault.ToString(), StringComparer.Ordinal),
            ],
            looksIntoChat);
    }

    private static IEnumerable<(Severity, Fault)> FaultsOfSight(TargetFacts facts)
    {
        if (facts.Levels[0].Attributes.GetValueOrDefault(Attributes.Requestable) is null or ["false"])
            yield break;
        if (facts.Privileges is { Administrative: true } privileges)
            yield return (Severity.Error, new Fault.Administrative(privileges.EffectiveRoles));
        if (facts.Privileges is null || !facts.AncestorsReadable)
            yield return (Severity.Error, new Fault.NotSeen());
    }
}
