using System.Globalization;
using System.Text.RegularExpressions;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Policies;

/// <summary>A target's attributes read and inherited; groups still by the names that people wrote.</summary>
internal sealed record RuleDraft
{
    /// <summary>The groups of each stage, in order, by the attribute that names them.</summary>
    public required IReadOnlyList<(string Attribute, IReadOnlyList<string> Groups)> Stages { get; init; }

    /// <summary>Approvals that each stage needs.</summary>
    public required int Approvals { get; init; }

    public required IReadOnlyList<string> EscalationGroups { get; init; }

    /// <summary>One entry for each level that sets it.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> EligibleGroups { get; init; }

    /// <summary>At the target itself only.</summary>
    public required IReadOnlyList<string> AutoApproveGroups { get; init; }

    /// <inheritdoc cref="AutoApproveGroups"/>
    public required IReadOnlyList<string> BreakGlassGroups { get; init; }

    /// <summary>Groups and roles of every level.</summary>
    public required IReadOnlyList<string> Excludes { get; init; }

    /// <summary>Every group that is named.</summary>
    public IEnumerable<string> GroupNames => Stages.SelectMany(stage => stage.Groups).Concat(EligibleGroups.SelectMany(names => names)).Concat(EscalationGroups).Concat(AutoApproveGroups).Concat(BreakGlassGroups);

    /// <summary>Everything but the groups.</summary>
    public required AccessRule Limits { get; init; }

    /// <summary>
    /// Reads the attributes, with what the policy says of all; <paramref name="problems"/> says, in words for an administrator, what cannot be read
    /// or is not enforced. With a problem the target is not offered.
    /// </summary>
    public static RuleDraft Read(TargetFacts facts, Policy policy, out IReadOnlyList<string> problems)
    {
        var reader = new AttributeReader(facts with { Levels = policy.Around(facts.Levels) });
        var max = reader.Strictest(Attributes.MaxDuration) ?? AccessRule.UsualMaximum;
        var usual = reader.Strictest(Attributes.DefaultDuration) ?? AccessRule.UsualLength;
        var draft = new RuleDraft
        {
            Stages = reader.Stages(),
            Approvals = reader.Largest(Attributes.Approvals, AccessRule.MostApprovals) ?? 1,
            EscalationGroups = reader.Nearest(Attributes.EscalationGroup),
            AutoApproveGroups = policy.AllowsAutoApproval ? reader.Own(Attributes.AutoApproveGroup) : [],
            BreakGlassGroups = policy.AllowsEmergencies ? reader.Own(Attributes.BreakGlassGroup) : [],
            Excludes = [.. reader.Every(Attributes.Excludes).SelectMany(names => names).Distinct()],
            EligibleGroups = reader.Every(Attributes.EligibleGroup),
            Limits = new AccessRule
            {
                Stages = [],
                Description = Text.Clean(string.Join(' ', reader.Nearest(Attributes.Description))),
                BreakGlassConfirm = reader.Strictest(Attributes.BreakGlassConfirm) ?? AccessRule.UsualBreakGlassConfirm,
                EscalateAfter = reader.Strictest(Attributes.EscalateAfter),
                MaxDuration = max,
                DefaultDuration = usual < max ? usual : max,
                MayBePermanent = reader.OwnFlag(Attributes.Permanent) && policy.AllowsPermanent,
                PendingTtl = reader.Strictest(Attributes.PendingTtl) ?? AccessRule.UsualPendingTtl,
                JustificationPatterns = reader.Patterns(Attributes.JustificationPattern, Compile),
                TicketPatterns = reader.Patterns(Attributes.TicketPattern, CompileWhole),
                Risk = reader.Risk(),
                Channel = reader.Channel(),
                Policy = policy.Version,
            },
        };
        if (draft.Limits.EscalateAfter is not null && draft.EscalationGroups.Count == 0)
            reader.Problem($"`{Attributes.EscalateAfter}` is set, but no `{Attributes.EscalationGroup}` says who is asked then");
        problems = reader.Problems;
        return draft;
    }

    /// <summary>Patterns come from attributes: linear-time matching keeps a bad one from stopping the bot.</summary>
    public static Regex? Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The same for a pattern that must match all of a text.</summary>
    public static Regex? CompileWhole(string pattern) => Compile(pattern) is null ? null : Compile($@"\A(?:{pattern})\z");

    private sealed class AttributeReader(TargetFacts facts)
    {
        private readonly List<string> problems = [];

        public IReadOnlyList<string> Problems => problems;

        public void Problem(string text) => problems.Add(text);

        /// <summary>Values at the nearest level that sets any.</summary>
        public IReadOnlyList<string> Nearest(string name) =>
            facts.Levels.Select(level => Values(level, name)).FirstOrDefault(values => values.Count > 0) ?? [];

        /// <summary>Values at the target itself: what opens something is never inherited.</summary>
        public IReadOnlyList<string> Own(string name) => Values(facts.Levels[0], name);

        /// <summary>Values at each level that sets any.</summary>
        public IReadOnlyList<IReadOnlyList<string>> Every(string name) =>
            [.. facts.Levels.Select(level => Values(level, name)).Where(values => values.Count > 0)];

        /// <summary>Each stage's own groups from the nearest level that sets them; no stage may be left out.</summary>
        public IReadOnlyList<(string Attribute, IReadOnlyList<string> Groups)> Stages()
        {
            var stages = ((string[])[Attributes.ApproverGroup, Attributes.SecondApproverGroup, Attributes.ThirdApproverGroup])
                .Select(attribute => (Attribute: attribute, Groups: Nearest(attribute))).ToList();
            if (stages[0].Groups.Count == 0)
                problems.Add($"`{Attributes.ApproverGroup}` is missing: nobody could decide");
            if (stages[1].Groups.Count == 0 && stages[2].Groups.Count > 0)
                problems.Add($"`{Attributes.ThirdApproverGroup}` is set, but `{Attributes.SecondApproverGroup}` is missing");
            return [.. stages.Where(stage => stage.Groups.Count > 0)];
        }

        /// <summary>The largest number that any level sets: the strictest, where more are needed.</summary>
        public int? Largest(string name, int atMost)
        {
            int? largest = null;
            foreach (var level in facts.Levels)
            {
                if (Single(level, name) is not { } text)
                    continue;
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > atMost)
                    problems.Add($"`{name}` at {level.Where} is no number from 1 to {atMost}");
                else if (largest is null || number > largest)
                    largest = number;
            }

            return largest;
        }

        public TimeSpan? Strictest(string name)
        {
            TimeSpan? strictest = null;
            foreach (var level in facts.Levels)
            {
                if (Single(level, name) is not { } text)
                    continue;
                if (!Durations.TryParse(text, out var length))
                    problems.Add($"`{name}` at {level.Where} is no length of time: write 30m, 8h, 30d or PT8H");
                else if (strictest is null || length < strictest)
                    strictest = length;
            }

            return strictest;
        }

        /// <summary>The nearest that is set.</summary>
        public ChatChannel? Channel()
        {
            if (facts.Levels.FirstOrDefault(level => Values(level, Attributes.ApproverChannel).Count > 0) is not { } level || Single(level, Attributes.ApproverChannel) is not { } text)
                return null;
            if (ChatChannel.TryParse(text, out var channel))
                return channel;
            problems.Add($"`{Attributes.ApproverChannel}` at {level.Where} is no channel: write #its-name or its id (C0123ABCD)");
            return null;
        }

        /// <summary>The highest that any level sets.</summary>
        public Risk Risk()
        {
            var highest = Policies.Risk.Low;
            foreach (var level in facts.Levels)
            {
                Risk? risk = Single(level, Attributes.Risk) switch
                {
                    null or "low" => Policies.Risk.Low,
                    "medium" => Policies.Risk.Medium,
                    "high" => Policies.Risk.High,
                    _ => null,
                };
                if (risk is null)
                    problems.Add($"`{Attributes.Risk}` at {level.Where} is neither low, medium nor high");
                else if (risk > highest)
                    highest = risk.Value;
            }

            return highest;
        }

        /// <summary>At the target itself only: what opens something is never inherited.</summary>
        public bool OwnFlag(string name)
        {
            switch (Single(facts.Levels[0], name))
            {
                case null or "false":
                    return false;
                case "true":
                    return true;
                default:
                    problems.Add($"`{name}` at {facts.Levels[0].Where} is neither true nor false");
                    return false;
            }
        }

        public IReadOnlyList<string> Patterns(string name, Func<string, Regex?> compile)
        {
            var patterns = new List<string>();
            foreach (var level in facts.Levels)
            {
                foreach (var pattern in Values(level, name))
                {
                    if (compile(pattern) is null)
                        problems.Add($"`{name}` at {level.Where} is no pattern that can be used");
                    else if (!patterns.Contains(pattern))
                        patterns.Add(pattern);
                }
            }

            return patterns;
        }

        private string? Single(AttributeLevel level, string name)
        {
            var values = Values(level, name);
            if (values.Count > 1)
                problems.Add($"`{name}` at {level.Where} has several values where one is meant");
            return values.Count == 1 ? values[0] : null;
        }

        // An attribute that is there but blank cannot be read: it is not the same as one that is not there.
        private IReadOnlyList<string> Values(AttributeLevel level, string name)
        {
            if (!level.Attributes.TryGetValue(name, out var raw) || raw.Count == 0)
                return [];

            List<string> values = [.. raw.Select(Text.Clean).Where(value => value.Length > 0)];
            if (values.Count != raw.Count && !problems.Exists(p => p.StartsWith($"`{name}` at {level.Where} is empty", StringComparison.Ordinal)))
                problems.Add($"`{name}` at {level.Where} is empty");
            return values;
        }
    }
}
