namespace ChatGovernance.Core.LoginPolicies;

/// <summary>What a client, or every client of a scope, asks of whoever logs in, as the provider in the directory enforces it.</summary>
/// <param name="Where">For people to read: <c>client shop</c>, <c>client scope staff</c>.</param>
/// <param name="Name">Of the policy there.</param>
public sealed record LoginPolicy(string Where, string Name, LoginRules Rules)
{
    /// <summary>The clients that it holds for, by clientId: its own, or those that have the scope.</summary>
    public required IReadOnlyList<string> Clients { get; init; }

    /// <summary>What it names and is no role, no group, or could be one of several: it lets nobody in.</summary>
    public IReadOnlyList<string> Unresolved { get; init; } = [];

    public static string Of(string client) => $"client {client}";
}

/// <summary>Everything in the directory that says who may log in where.</summary>
/// <param name="ActionOn">The required action that shows people why they are not let in is switched on.</param>
/// <param name="Policies">By place and name.</param>
/// <param name="Clients">Every client that our account sees, by clientId.</param>
public sealed record LoginGuard(bool ActionOn, IReadOnlyList<LoginPolicy> Policies, IReadOnlyList<string> Clients)
{
    /// <summary>Those that stand at the client itself.</summary>
    public IReadOnlyList<LoginPolicy> Own(string client) => [.. Policies.Where(policy => policy.Where == LoginPolicy.Of(client))];
}
