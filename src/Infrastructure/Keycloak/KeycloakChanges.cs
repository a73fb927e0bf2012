using System.Text.RegularExpressions;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>
/// Lets no other change leave than memberships, role mappings and the end of sessions of one person, and the mappers of one client. An id that is no id (<c>..</c> above all) would make
/// another path of it: <c>DELETE users/{user}/groups/..</c> is the deletion of the user.
/// </summary>
internal static partial class KeycloakChanges
{
    /// <summary>A new one, which Keycloak names in its answer.</summary>
    public static bool MakesMapper(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post && Is(request) && request.RequestUri!.AbsolutePath.EndsWith("/protocol-mappers/models", StringComparison.Ordinal);

    public static bool Is(HttpRequestMessage request) => Path().IsMatch(request.RequestUri!.AbsolutePath);

    [GeneratedRegex(@"/admin/realms/[^/]+/(?:users/[^/]+/(?:groups/[^/]+|role-mappings/(?:realm|clients/[^/]+)|logout)|clients/[^/]+/protocol-mappers/models(?:/[^/]+)?)\z")]
    private static partial Regex Path();
}
