using System.Collections.Concurrent;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Policies.Lint;

/// <summary>
/// Looks at every target that is marked as a request for it would: whether its rules can be read, whether somebody could decide in
/// each stage, and could be asked. Changes nothing.
/// </summary>
public sealed class LintCatalog(IDirectory directory, ILoginPolicies logins, AccessChecks checks, Identities identities, IEnumerable<IChatPlatform> platforms, IOverview overview, TimeProvider time)
{
    private const int AtOnce = 4;

    /// <summary>Who asked longer ago says little of who asks.</summary>
    private static readonly TimeSpan recent = TimeSpan.FromDays(90);

    private readonly IReadOnlyList<IChatPlatform> platforms = [.. platforms];
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
        var rules = checks.Rules();
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
                    foreach (var (severity, fault) in await FaultsOfGroups(rule, deciders, token))
                        findings.Add(new Finding(severity, facts.Id, facts.Name, fault));
                    foreach (var excluded in rule.Excludes.Where(excluded => Exclusions.Brings(facts, excluded)))
                        findings.Add(new Finding(Severity.Warning, facts.Id, facts.Name, new Fault.ExcludesWhatItBrings(excluded.Name)));
                    if (rule.Channel is { } channel && await FaultOf(channel, token) is { } unspoken)
                        findings.Add(new Finding(Severity.Warning, facts.Id, facts.Name, unspoken));
                    break;
            }
        });

        var policies = await logins.Read(resolve: true, ct);
        foreach (var policy in policies is Reading<LoginGuard>.Known known ? known.Value.Policies.Where(policy => policy.Unresolved.Count > 0) : [])
            findings.Add(new Finding(Severity.Error, null, policy.Place.ToString(), new Fault.LetsNobodyIn(policy.Name, policy.Unresolved)));

        return new LintReport.Read(
            targets.Count,
            [
                .. findings.Concat(DecidingCircles.Find([.. usable]))
                    .OrderBy(finding => finding.TargetName, StringComparer.Ordinal).ThenByDescending(finding => finding.Severity)
                    .ThenBy(finding => finding.Fault.GetType().Name, StringComparer.Ordinal).ThenBy(finding => finding.Fault.ToString(), StringComparer.Ordinal),
            ],
            looksIntoChat,
            policies is Reading<LoginGuard>.Known ? null : AccessChecks.DoubtOf(policies));
    }

    /// <summary>Groups that may ask, or need no decision, and hold nobody.</summary>
    private static async Task<IReadOnlyList<(Severity, Fault)>> FaultsOfGroups(AccessRule rule, DecidingPeople members, CancellationToken ct)
    {
        IEnumerable<(string Attribute, IReadOnlyList<GroupRef> Groups)> named =
        [
            .. rule.Eligible.Select(choice => (Attributes.EligibleGroup, choice.Groups)),
            (Attributes.AutoApproveGroup, rule.AutoApprove),
            (Attributes.BreakGlassGroup, rule.BreakGlass),
        ];
        var faults = new List<(Severity, Fault)>();
        foreach (var (attribute, groups) in named.Where(one => one.Groups.Count > 0))
        {
            switch (await members.Of(groups, ct))
            {
                case Reading<IReadOnlyList<Person>>.Known { Value.Count: 0 }:
                    faults.Add((attribute == Attributes.EligibleGroup ? Severity.Error : Severity.Warning, new Fault.NobodyBelongs(attribute, [.. groups.Select(group => group.Path)])));
                    break;
                case Reading<IReadOnlyList<Person>>.Unknown unknown:
                    return [.. faults, (Severity.Warning, new Fault.NotRead(unknown.Why))];
            }
        }

        return faults;
    }

    /// <summary>Null: the bot can say something there, or, on the command line without a chat platform, nobody knows.</summary>
    private async Task<Fault?> FaultOf(ChatChannel channel, CancellationToken ct)
    {
        if (!looksIntoChat)
            return null;
        if (platforms.FirstOrDefault(platform => platform.Platform == channel.Platform) is not { } platform)
            return new Fault.ChannelOutOfReach(channel.Name);
        return await platform.CanSpeakIn(channel, ct) switch
        {
            Reading<bool>.Known { Value: true } => null,
            Reading<bool>.Unknown unknown => new Fault.NotRead(unknown.Why),
            _ => new Fault.ChannelOutOfReach(channel.Name),
        };
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
