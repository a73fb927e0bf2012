namespace ChatGovernance.Core.LoginPolicies;

/// <summary>The login policies that were seen last, to tell what was changed since.</summary>
/// <param name="Stamp">Tells one state of them from another; empty: nobody has looked yet.</param>
public sealed record KnownLoginPolicies(string Stamp, IReadOnlyList<KnownLoginPolicy> Policies)
{
    public bool IsFirst => Stamp.Length == 0;

    public static IReadOnlyList<KnownLoginPolicy> Of(LoginGuard guard) =>
    [
        .. guard.Policies.Select(policy => new KnownLoginPolicy(policy.Where, policy.Name, policy.Rules, [.. policy.Clients.Order(StringComparer.Ordinal)]))
            .OrderBy(policy => policy.Where, StringComparer.Ordinal).ThenBy(policy => policy.Name, StringComparer.Ordinal),
    ];
}

/// <summary>One of them. Two of one place have two names.</summary>
public sealed record KnownLoginPolicy(string Where, string Name, LoginRules Rules, IReadOnlyList<string> Clients)
{
    /// <summary>A scope's policy holds for the clients that have the scope: one that lost it is no longer protected.</summary>
    public bool IsSameAs(KnownLoginPolicy other) => Rules.AreSameAs(other.Rules) && Clients.SequenceEqual(other.Clients);

    public bool IsOf(string client) => Where == LoginPolicy.Of(client);

    public override string ToString() => Clients is [var only] && IsOf(only) ? $"{Rules}" : $"{Rules} (for {(Clients.Count == 0 ? "no client" : string.Join(", ", Clients))})";
}

/// <summary>What is known from now on; a conflict where something else has been known meanwhile.</summary>
/// <param name="Stamp">Of what it takes the place of.</param>
public sealed record KnownLoginPoliciesChange(string Stamp, IReadOnlyList<KnownLoginPolicy> Policies);
