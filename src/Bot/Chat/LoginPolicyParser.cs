using ChatGovernance.Core.LoginPolicies;

namespace ChatGovernance.Bot.Chat;

/// <summary>
/// Reads <c>set CLIENT any-of: ROLE, ROLE; all-of: ROLE; groups: /PATH; message: TEXT</c>. What has a comma or a semicolon in its name is
/// written in the policy file instead.
/// </summary>
internal static class LoginPolicyParser
{
    public const string Usage = "policy show, policy show CLIENT, policy diff, or policy set CLIENT any-of: ROLE, ROLE; all-of: ROLE; groups: /PATH; message: TEXT. With policy set CLIENT alone it is what the policy file says";

    /// <returns>Null: it is something else, or cannot be understood.</returns>
    public static (string Client, LoginRules? Rules)? ReadSet(string text)
    {
        if (text.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var set, var client, .. var rest] || !set.Equals("set", StringComparison.OrdinalIgnoreCase))
            return null;
        if (rest is not [var written])
            return (client, null);

        var rules = LoginRules.Nothing;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in written.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split(':', 2, StringSplitOptions.TrimEntries) is not [var name, { Length: > 0 } values] || !seen.Add(name))
                return null;
            var names = values.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            switch (name)
            {
                case "any-of" when names.Length > 0:
                    rules = rules with { AnyOf = names };
                    break;
                case "all-of" when names.Length > 0:
                    rules = rules with { AllOf = names };
                    break;
                case "groups" when names.Length > 0:
                    rules = rules with { Groups = names };
                    break;
                case "message":
                    rules = rules with { Message = values };
                    break;
                default:
                    return null;
            }
        }

        return (client, rules);
    }
}
