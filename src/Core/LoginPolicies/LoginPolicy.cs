namespace ChatGovernance.Core.LoginPolicies;

/// <summary>What a client, or every client of a scope, asks of whoever logs in, as the provider in the directory enforces it.</summary>
/// <param name="Name">Of the policy there; of one protocol there are no two.</param>
public sealed record LoginPolicy(LoginPlace Place, string Name, LoginRules Rules)
{
    /// <summary>Keycloak's own, which names everything else by roles.</summary>
    private static readonly string[] neverClosed = ["account", "account-console", "admin-cli", "broker", "master-realm", "realm-management", "security-admin-console"];

    /// <summary>The clients that it holds for, by clientId: its own, or those that have the scope.</summary>
    public required IReadOnlyList<string> Clients { get; init; }

    /// <summary>As Keycloak calls it.</summary>
    public string Protocol { get; init; } = "openid-connect";

    /// <summary>What it names and is no role, no group, or could be one of several: it lets nobody in. Empty where nobody asked.</summary>
    public IReadOnlyList<string> Unresolved { get; init; } = [];

    /// <summary>Closed, it would lock out whoever has to open it again, or let whoever may change it have the realm.</summary>
    public static bool IsNeverClosed(string client) => neverClosed.Contains(client);
}

/// <param name="Name">A clientId, or what a scope is called.</param>
public sealed record LoginPlace(LoginPlaceKind Kind, string Name)
{
    public static LoginPlace Client(string client) => new(LoginPlaceKind.Client, client);

    public override string ToString() => Kind == LoginPlaceKind.Client ? $"client {Name}" : $"client scope {Name}";
}

public enum LoginPlaceKind
{
    Client,
    Scope,
}

/// <summary>Everything in the directory that says who may log in where.</summary>
/// <param name="ActionOn">The required action that shows people why they are not let in is switched on.</param>
/// <param name="Policies">By place and name.</param>
/// <param name="Clients">Every client that our account sees, by clientId.</param>
public sealed record LoginGuard(bool ActionOn, IReadOnlyList<LoginPolicy> Policies, IReadOnlyList<string> Clients)
{
    /// <summary>Those that stand at the client itself.</summary>
    public IReadOnlyList<LoginPolicy> Own(string client) => [.. Policies.Where(policy => policy.Place == LoginPlace.Client(client))];

    /// <summary>What the client itself asks for; null: it has several policies, and what they ask for together is not said in one.</summary>
    public LoginRules? RulesOf(string client) => Own(client) switch
    {
        [] => LoginRules.Nothing,
        [var only] => only.Rules,
        _ => null,
    };
}
