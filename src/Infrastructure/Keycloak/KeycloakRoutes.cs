using System.Collections.Frozen;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Calls by their shape, for traces: no ids, and no query, which may hold an address.</summary>
internal static class KeycloakRoutes
{
    private const string Admin = "/admin/realms/";

    private static readonly FrozenSet<string> words = FrozenSet.Create(
        StringComparer.Ordinal,
        "admin-events", "authentication", "children", "client-scopes", "clients", "composite", "composites", "count", "events", "groups", "members", "models", "profile", "protocol-mappers", "realm", "required-actions", "role-mappings", "roles", "roles-by-id",
        "service-account-user", "users");

    /// <returns><c>users/{id}/groups</c>; <c>realm</c> for the realm itself, <c>token</c> for what is no part of the Admin API.</returns>
    public static string Of(Uri address)
    {
        var path = address.AbsolutePath;
        var admin = path.IndexOf(Admin, StringComparison.Ordinal);
        if (admin < 0)
            return "token";
        var segments = path[(admin + Admin.Length)..].Split('/', StringSplitOptions.RemoveEmptyEntries)[1..];
        return segments.Length == 0 ? "realm" : string.Join('/', segments.Select(segment => words.Contains(segment) ? segment : "{id}"));
    }
}
