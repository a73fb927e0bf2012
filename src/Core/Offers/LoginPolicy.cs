namespace ChatGovernance.Core.Offers;

/// <summary>What a client, or every client of a scope, asks of whoever logs in, as the provider in the directory enforces it.</summary>
/// <param name="Where">For people to read: <c>client shop</c>, <c>client scope staff</c>.</param>
/// <param name="Name">Of the policy there.</param>
/// <param name="Unresolved">What it names and is no role, no group, or could be one of several: it lets nobody in.</param>
public sealed record LoginPolicy(string Where, string Name, IReadOnlyList<string> AnyOf, IReadOnlyList<string> AllOf, IReadOnlyList<string> Groups, IReadOnlyList<string> Unresolved);
