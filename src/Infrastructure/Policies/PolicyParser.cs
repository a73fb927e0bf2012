using System.Globalization;
using System.Text.RegularExpressions;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Policies;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace ChatGovernance.Infrastructure.Policies;

/// <summary>
/// Reads a policy file. Strict: what it does not know is a problem, and a file with one problem is not used at all. docs/policy.md and
/// docs/policy.schema.json say what may stand in it.
/// </summary>
internal static partial class PolicyParser
{
    /// <summary>Far more than rules of a realm need.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>More than may stand in it. Each level takes a part of the stack, and its end cannot be caught.</summary>
    private const int MostLevels = 10;

    public static readonly IReadOnlyList<string> DefaultKeys =
        [Attributes.MaxDuration, Attributes.DefaultDuration, Attributes.PendingTtl, Attributes.BreakGlassConfirm, Attributes.Approvals, Attributes.Risk, Attributes.ApproverChannel];

    public static readonly IReadOnlyList<string> LimitKeys =
    [
        Attributes.MaxDuration, Attributes.PendingTtl, Attributes.BreakGlassConfirm, Attributes.Approvals, Attributes.Risk,
        Attributes.JustificationPattern, Attributes.TicketPattern, Attributes.EligibleGroup, Attributes.Excludes,
    ];

    public static readonly IReadOnlyList<string> Switches = [Attributes.Permanent, AutoApproval, Emergencies];

    private const string AutoApproval = "auto-approval";
    private const string Emergencies = "emergencies";
    private const string InQuotes = "What looks like a number, or is true, false or null, is text in quotes only; no text begins or ends with a space.";

    /// <summary>Of which a list may stand there.</summary>
    private static readonly HashSet<string> lists = [Attributes.JustificationPattern, Attributes.TicketPattern, Attributes.EligibleGroup, Attributes.Excludes];

    public static PolicyReading Parse(string text)
    {
        var problems = new List<string>();
        try
        {
            if (Unreadable(text) is { } unreadable)
                return new PolicyReading.Bad([unreadable]);
            var stream = new YamlStream();
            stream.Load(Reader(text));
            if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
                return new PolicyReading.Bad(["The file must hold one mapping: version, defaults, limits, bundles, logins."]);
            var policy = Read(root, Policy.VersionOf(text), problems);
            return problems.Count > 0 ? new PolicyReading.Bad(problems) : new PolicyReading.Good(policy, text);
        }
        catch (YamlException exception)
        {
            return new PolicyReading.Bad([At(exception.Start, $"this is no YAML: {exception.InnerException?.Message ?? exception.Message}")]);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            // The library's own reader stumbles at some of what is no YAML.
            return new PolicyReading.Bad(["The file is no YAML: look for quotes and brackets that are not closed."]);
        }
    }

    private static StringReader Reader(string text) => new(text.TrimStart('\uFEFF'));

    /// <summary>What must not be given to a reader that follows it all the way down, or to a database; null: nothing.</summary>
    private static string? Unreadable(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            return "The file holds a character NUL: it is no text.";
        var parser = new Parser(Reader(text));
        for (var level = 0; parser.MoveNext(); level += parser.Current!.NestingIncrease)
        {
            if (level > MostLevels)
                return At(parser.Current!.Start, "this is nested too deeply.");
            if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
                return At(parser.Current.Start, "& and * are not known here: write out what is meant, and put text that begins with them in quotes.");
        }

        return null;
    }

    private static Policy Read(YamlMappingNode root, string version, List<string> problems)
    {
        var policy = new Policy { Version = version };
        var versioned = false;
        foreach (var (key, value) in Pairs(root, problems))
        {
            switch (key.Value)
            {
                case "version":
                    versioned = true;
                    if (value is not YamlScalarNode { Value: "1", Style: ScalarStyle.Plain })
                        problems.Add(At(value.Start, "the version must be 1."));
                    break;
                case "defaults" when value is YamlMappingNode defaults:
                    policy = policy with { Defaults = Level(defaults, DefaultKeys, problems) };
                    break;
                case "limits" when value is YamlMappingNode limits:
                    policy = Limit(policy, limits, problems);
                    break;
                case "bundles" when value is YamlMappingNode bundles:
                    policy = policy with { Bundles = [.. Pairs(bundles, problems).Select(pair => Bundle(pair.Key, pair.Value, problems)).OfType<Bundle>()] };
                    break;
                case "logins" when value is YamlMappingNode logins:
                    policy = policy with { Logins = Logins(logins, problems) };
                    break;
                case "defaults" or "limits" or "bundles" or "logins":
                    problems.Add(At(value.Start, $"{key.Value} must be a mapping."));
                    break;
                default:
                    problems.Add(At(key.Start, $"{key.Value} is not known here: write version, defaults, limits, bundles or logins."));
                    break;
            }
        }

        if (!versioned)
            problems.Add("The version is missing: begin with version: 1.");
        if (problems.Count == 0)
            problems.AddRange(Looser(policy));
        return policy;
    }

    private static Policy Limit(Policy policy, YamlMappingNode limits, List<string> problems)
    {
        foreach (var (key, value) in Pairs(limits, problems).Where(pair => Switches.Contains(pair.Key.Value!)))
        {
            if (value is not YamlScalarNode { Value: "false", Style: ScalarStyle.Plain })
                problems.Add(At(value.Start, $"{key.Value} can only be false: a policy restricts. Leave it out to leave it to each target."));
        }

        return policy with
        {
            Limits = Level(limits, LimitKeys, problems, Switches),
            AllowsPermanent = !limits.Children.ContainsKey(new YamlScalarNode(Attributes.Permanent)),
            AllowsAutoApproval = !limits.Children.ContainsKey(new YamlScalarNode(AutoApproval)),
            AllowsEmergencies = !limits.Children.ContainsKey(new YamlScalarNode(Emergencies)),
        };
    }

    /// <summary>Each value is read as that of a group would be, which says what is wrong with it.</summary>
    private static AttributeLevel Level(YamlMappingNode section, IReadOnlyList<string> known, List<string> problems, IReadOnlyList<string>? besides = null)
    {
        var attributes = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (key, value) in Pairs(section, problems))
        {
            var name = key.Value!;
            if (besides?.Contains(name) == true)
                continue;
            if (!known.Contains(name))
            {
                problems.Add(At(key.Start, $"{name} is not known here: write {string.Join(", ", known.Concat(besides ?? []))}."));
                continue;
            }

            if (Values(name, value) is not { Count: > 0 } texts)
            {
                problems.Add(At(value.Start, name == Attributes.Approvals ? $"{name} must be a whole number, without quotes."
                    : lists.Contains(name) ? $"{name} must be a text, or a list of them. {InQuotes}"
                    : $"{name} must be one text. {InQuotes}"));
                continue;
            }

            problems.AddRange(Policy.ProblemsOf(name, texts, Line(value.Start)).Select(problem => $"{problem}."));
            attributes[name] = texts;
        }

        return new AttributeLevel(Policy.Where, attributes);
    }

    /// <summary>A default that allows more than would be allowed without the file.</summary>
    private static IEnumerable<string> Looser(Policy policy)
    {
        (string Name, TimeSpan Usual)[] usual =
        [
            (Attributes.MaxDuration, AccessRule.UsualMaximum), (Attributes.PendingTtl, AccessRule.UsualPendingTtl), (Attributes.BreakGlassConfirm, AccessRule.UsualBreakGlassConfirm),
        ];
        foreach (var (name, most) in usual)
        {
            if (policy.Defaults.Attributes.TryGetValue(name, out var texts) && Durations.TryParse(texts[0], out var length) && length > most)
                yield return $"The default {name} can be {Durations.Write(most)} at most, which holds without the file: a policy restricts. Set more at the target itself.";
        }
    }

    private static Bundle? Bundle(YamlScalarNode name, YamlNode value, List<string> problems)
    {
        if (value is not YamlMappingNode bundle)
        {
            problems.Add(At(value.Start, $"the bundle {name.Value} must be a mapping with description and targets."));
            return null;
        }

        var (description, targets) = ("", (IReadOnlyList<string>)[]);
        foreach (var (key, node) in Pairs(bundle, problems))
        {
            switch (key.Value)
            {
                case "description" when Text(node) is { } text:
                    description = text;
                    break;
                case "targets" when node is YamlSequenceNode && Texts(node, mayBeList: true) is { Count: > 0 } texts:
                    targets = texts;
                    break;
                case "description" or "targets":
                    problems.Add(At(node.Start, key.Value == "targets" ? $"targets must be a list of groups or roles. {InQuotes}" : $"description must be a text. {InQuotes}"));
                    break;
                default:
                    problems.Add(At(key.Start, $"{key.Value} is not known here: write description or targets."));
                    break;
            }
        }

        if (targets.Count == 0 && problems.Count == 0)
            problems.Add(At(value.Start, $"the bundle {name.Value} needs targets."));
        return new Bundle(name.Value!, description, targets);
    }

    private static Dictionary<string, LoginRules> Logins(YamlMappingNode logins, List<string> problems)
    {
        var found = new Dictionary<string, LoginRules>(StringComparer.Ordinal);
        foreach (var (client, value) in Pairs(logins, problems))
        {
            if (LoginPolicy.IsNeverClosed(client.Value!))
                problems.Add(At(client.Start, $"{client.Value} is Keycloak's own and is never closed: take it out."));
            else if (value is not YamlMappingNode rules)
                problems.Add(At(value.Start, $"the login policy of {client.Value} must be a mapping with any-of, all-of, groups, message."));
            else
                found[client.Value!] = Rules(client.Value!, rules, problems);
        }

        return found;
    }

    private static LoginRules Rules(string client, YamlMappingNode value, List<string> problems)
    {
        var (rules, before) = (LoginRules.Nothing, problems.Count);
        foreach (var (key, node) in Pairs(value, problems))
        {
            switch (key.Value)
            {
                case "any-of" when Texts(node, mayBeList: true) is { Count: > 0 } names:
                    rules = rules with { AnyOf = names };
                    break;
                case "all-of" when Texts(node, mayBeList: true) is { Count: > 0 } names:
                    rules = rules with { AllOf = names };
                    break;
                case "groups" when Texts(node, mayBeList: true) is { Count: > 0 } names:
                    rules = rules with { Groups = names };
                    break;
                case "message" when Text(node) is { } text:
                    rules = rules with { Message = text };
                    break;
                case "any-of" or "all-of" or "groups":
                    problems.Add(At(node.Start, $"{key.Value} must be a text, or a list of them. {InQuotes}"));
                    break;
                case "message":
                    problems.Add(At(node.Start, $"message must be a text. {InQuotes}"));
                    break;
                default:
                    problems.Add(At(key.Start, $"{key.Value} is not known here: write any-of, all-of, groups or message."));
                    break;
            }
        }

        if (problems.Count == before && rules.Problem is { } problem)
            problems.Add(At(value.Start, $"the login policy of {client}: {problem}"));
        return rules;
    }

    private static IReadOnlyList<string>? Values(string name, YamlNode node) => name == Attributes.Approvals
        ? node is YamlScalarNode { Value: { } number, Style: ScalarStyle.Plain } && WholeNumber().IsMatch(number) ? [number] : null
        : Texts(node, lists.Contains(name));

    /// <summary>Texts of a scalar or of a list of them; null: something else.</summary>
    private static IReadOnlyList<string>? Texts(YamlNode node, bool mayBeList) => node switch
    {
        YamlSequenceNode list when mayBeList && list.Children.All(child => Text(child) is not null) => [.. list.Children.Select(child => Text(child)!)],
        _ => Text(node) is { } text ? [text] : null,
    };

    /// <summary>Null: nothing, or what YAML takes for a number or another thing than text.</summary>
    private static string? Text(YamlNode node) => node is YamlScalarNode { Value: { } text } scalar
        && text.Length > 0 && text == text.Trim()
        && !(scalar.Style == ScalarStyle.Plain && NoText().IsMatch(text))
            ? text
            : null;

    private static IEnumerable<(YamlScalarNode Key, YamlNode Value)> Pairs(YamlMappingNode mapping, List<string> problems)
    {
        foreach (var (key, value) in mapping.Children)
        {
            if (key is YamlScalarNode { Value.Length: > 0 } name)
                yield return (name, value);
            else
                problems.Add(At(key.Start, "a name must stand here."));
        }
    }

    private static string At(Mark mark, string problem) => $"{Line(mark)[..1].ToUpperInvariant()}{Line(mark)[1..]}: {problem}";

    private static string Line(Mark mark) => string.Create(CultureInfo.InvariantCulture, $"line {mark.Line}");

    [GeneratedRegex("^[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex WholeNumber();

    /// <summary>YAML 1.2, core schema: what is written without quotes and yet is no text.</summary>
    [GeneratedRegex(@"^(~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$", RegexOptions.CultureInvariant)]
    private static partial Regex NoText();
}
