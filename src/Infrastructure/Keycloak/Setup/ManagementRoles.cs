namespace ChatGovernance.Infrastructure.Keycloak.Setup;

/// <summary>Roles of <c>realm-management</c> that the bot's account needs, and those that it should not have.</summary>
internal static class ManagementRoles
{
    public const string ManageUsers = "manage-users";
    public const string ViewUsers = "view-users";
    public const string ViewClients = "view-clients";
    public const string ViewRealm = "view-realm";
    public const string ViewEvents = "view-events";

    /// <summary>Only where login policies are set from chat.</summary>
    public const string ManageClients = "manage-clients";

    /// <summary>Without fine-grained permissions.</summary>
    public static readonly IReadOnlyList<string> Classic = [ManageUsers, ViewRealm, ViewClients, ViewEvents];

    /// <summary>Beside fine-grained permissions (docs/keycloak-setup.md): lists are answered to those who may query.</summary>
    public static readonly IReadOnlyList<string> FineGrained = ["query-users", "query-groups", "query-clients", ViewRealm, ViewEvents];

    /// <summary>They bypass fine-grained permissions.</summary>
    public static readonly IReadOnlyList<string> Bypassing = [ManageUsers, ViewUsers, ViewClients];

    /// <summary>With one of these whoever takes the bot over has the realm.</summary>
    public static readonly IReadOnlyList<string> Dangerous =
        ["realm-admin", "create-client", "impersonation", "manage-authorization", ManageClients, "manage-events", "manage-identity-providers", "manage-organizations", "manage-realm"];

    /// <summary>Those that come with others, or show no more than the others do.</summary>
    public static bool IsHarmless(string role) => role.StartsWith("query-", StringComparison.Ordinal);
}
