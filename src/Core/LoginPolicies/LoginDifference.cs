namespace ChatGovernance.Core.LoginPolicies;

/// <summary>A client that asks for something else at login than the policy file says.</summary>
/// <param name="Now">Null: the client is not there, or cannot be seen.</param>
public sealed record LoginDifference(string Client, LoginRules? Now, LoginRules Wanted)
{
    public override string ToString() => Now is null
        ? $"{Client}: there is no such client, or the bot does not see it. The file says: {Wanted}"
        : $"{Client}: now {Now}. The file says: {Wanted}";

    /// <summary>By client. What a client gets by its scopes is beside its own policy, and stays.</summary>
    public static IReadOnlyList<LoginDifference> Between(LoginGuard guard, IReadOnlyDictionary<string, LoginRules> wanted) =>
    [
        .. wanted.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Where(pair => guard.RulesOf(pair.Key) is not { } now || !now.AreSameAs(pair.Value))
            .Select(pair => new LoginDifference(pair.Key, Present(guard, pair.Key), pair.Value)),
    ];

    private static LoginRules? Present(LoginGuard guard, string client) => guard.Own(client) switch
    {
        [var only] => only.Rules,
        [] => guard.Clients.Contains(client) ? LoginRules.Nothing : null,
        var several => Together(several),
    };

    /// <summary>Several of one client must all hold: shown as what each asks for.</summary>
    private static LoginRules Together(IReadOnlyList<LoginPolicy> several) => new(
        [.. several.SelectMany(policy => policy.Rules.AnyOf)], [.. several.SelectMany(policy => policy.Rules.AllOf)], [.. several.SelectMany(policy => policy.Rules.Groups)]);
}
