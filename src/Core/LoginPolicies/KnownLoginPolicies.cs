namespace ChatGovernance.Core.LoginPolicies;

/// <summary>The login policies that were seen last, to tell what was changed since.</summary>
/// <param name="Stamp">Tells one state of them from another; empty: nobody has looked yet.</param>
public sealed record KnownLoginPolicies(string Stamp, IReadOnlyList<KnownLoginPolicy> Policies)
{
    public bool IsFirst => Stamp.Length == 0;

    public static IReadOnlyList<KnownLoginPolicy> Of(LoginGuard guard) =>
        InOrder(guard.Policies.Select(policy => new KnownLoginPolicy(policy.Place, policy.Protocol, policy.Name, policy.Rules, [.. policy.Clients.Order(StringComparer.Ordinal)])));

    /// <summary>What is known once this client's own are read anew.</summary>
    public IReadOnlyList<KnownLoginPolicy> With(LoginGuard guard, string client) =>
        InOrder(Policies.Where(policy => !policy.IsOf(client)).Concat(Of(guard).Where(policy => policy.IsOf(client))));

    private static IReadOnlyList<KnownLoginPolicy> InOrder(IEnumerable<KnownLoginPolicy> policies) =>
        [.. policies.OrderBy(policy => policy.Place.ToString(), StringComparer.Ordinal).ThenBy(policy => policy.Name, StringComparer.Ordinal).ThenBy(policy => policy.Protocol, StringComparer.Ordinal)];
}

/// <summary>One of them.</summary>
public sealed record KnownLoginPolicy(LoginPlace Place, string Protocol, string Name, LoginRules Rules, IReadOnlyList<string> Clients)
{
    public bool IsWhere(KnownLoginPolicy other) => Place == other.Place && Protocol == other.Protocol && Name == other.Name;

    /// <summary>A scope's policy holds for the clients that have the scope: one that lost it is no longer protected.</summary>
    public bool IsSameAs(KnownLoginPolicy other) => Rules.AreSameAs(other.Rules) && Clients.SequenceEqual(other.Clients);

    public bool IsOf(string client) => Place == LoginPlace.Client(client);

    /// <summary>All but the message, for people to read.</summary>
    public string Names => Place.Kind == LoginPlaceKind.Client ? Rules.Names : $"{Rules.Names} (for {(Clients.Count == 0 ? "no client" : string.Join(", ", Clients))})";
}

/// <summary>What is known from now on; a conflict where something else has been known meanwhile.</summary>
/// <param name="Stamp">Of what it takes the place of.</param>
public sealed record KnownLoginPoliciesChange(string Stamp, IReadOnlyList<KnownLoginPolicy> Policies);
