using System.Security.Cryptography;
using System.Text;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.LoginPolicies;

namespace ChatGovernance.Core.Policies;

/// <summary>
/// What one file says for the whole realm, beside what groups and roles carry. It can only restrict: nothing in it offers a target,
/// names who decides, or allows what would not be allowed without it.
/// </summary>
public sealed record Policy
{
    /// <summary>As sentences call it.</summary>
    public const string Where = "the policy file";

    private static readonly AttributeLevel nothing = new(Where, new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>Nothing beyond what groups and roles carry.</summary>
    public static readonly Policy None = new() { Version = "none" };

    /// <summary>First 16 hex digits of the SHA-256 of the file; <c>none</c> without one.</summary>
    public required string Version { get; init; }

    /// <summary>Attributes that hold where neither a target nor anything above it sets them.</summary>
    public AttributeLevel Defaults { get; init; } = nothing;

    /// <summary>Attributes that hold everywhere: of them and what is set elsewhere the strictest counts.</summary>
    public AttributeLevel Limits { get; init; } = nothing;

    /// <summary>Access without an end, whatever a target says.</summary>
    public bool AllowsPermanent { get; init; } = true;

    /// <summary>Approval by a rule, whatever a target says.</summary>
    public bool AllowsAutoApproval { get; init; } = true;

    /// <summary>Taking access in an emergency, whatever a target says.</summary>
    public bool AllowsEmergencies { get; init; } = true;

    public IReadOnlyList<Bundle> Bundles { get; init; } = [];

    /// <summary>What clients, by clientId, should ask for at login. It is compared, and set only when two administrators say so.</summary>
    public IReadOnlyDictionary<string, LoginRules> Logins { get; init; } = new Dictionary<string, LoginRules>();

    /// <summary>Two files of one version have the same text.</summary>
    public static string VersionOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    /// <summary>What is wrong with an attribute's values, in words for an administrator; empty: nothing.</summary>
    /// <param name="where">As the words call the place where it stands.</param>
    public static IReadOnlyList<string> ProblemsOf(string attribute, IReadOnlyList<string> values, string where)
    {
        var facts = new TargetFacts
        {
            Id = new TargetId(TargetKind.Group, "policy"),
            Name = "",
            Levels = [new AttributeLevel(where, new Dictionary<string, IReadOnlyList<string>> { [Attributes.ApproverGroup] = ["/"], [attribute] = values })],
            AncestorsReadable = true,
            Privileges = new Privileges([], Administrative: false),
        };
        RuleDraft.Read(facts, None, out var problems);
        return problems;
    }

    /// <summary>A target's levels with those of the policy around them.</summary>
    internal IReadOnlyList<AttributeLevel> Around(IReadOnlyList<AttributeLevel> levels)
    {
        var unset = Usual.Concat(Defaults.Attributes).GroupBy(pair => pair.Key).Select(pairs => pairs.Last())
            .Where(pair => !levels.Any(level => level.Attributes.ContainsKey(pair.Key)))
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        return [.. levels, new AttributeLevel(Defaults.Where, unset), Limits];
    }

    /// <summary>What holds without a file where nothing is written.</summary>
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Usual = new Dictionary<string, IReadOnlyList<string>>
    {
        [Attributes.MaxDuration] = [Durations.Write(AccessRule.UsualMaximum)],
        [Attributes.DefaultDuration] = [Durations.Write(AccessRule.UsualLength)],
        [Attributes.PendingTtl] = [Durations.Write(AccessRule.UsualPendingTtl)],
        [Attributes.BreakGlassConfirm] = [Durations.Write(AccessRule.UsualBreakGlassConfirm)],
    };
}

/// <summary>Targets that belong together: those of a task, or of a team.</summary>
/// <param name="Targets">As people write them: a path, <c>id:…</c>, a role's name, or <c>clientId/role</c>.</param>
public sealed record Bundle(string Name, string Description, IReadOnlyList<string> Targets);

/// <summary>The policy that holds now.</summary>
public interface IPolicies
{
    Policy Current { get; }

    void Replace(Policy policy);
}
