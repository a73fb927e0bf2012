using System.Text.RegularExpressions;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>
/// Lets no other change leave than memberships, role mappings and the end of sessions of one person, and the mappers of one client. An id that is no id (<c>..</c> above all) would make
/// another path of it: <c>DELETE users/{user}/groups/..</c> is the deletion of the user.
/// </summary>
internal static partial class KeycloakChanges
{
    public static bool Is(HttpRequestMessage request) => Path().IsMatch(request.RequestUri!.AbsolutePath);

    [GeneratedRegex(@"/admin/realms/[^/]+/(?:users/[^/]+/(?:groups/[^/]+|role-mappings/(?:realm|clients/[^/]+)|logout)|clients/[^/]+/protocol-mappers/models(?:/[^/]+)?)\z")]
    private static partial Regex Path();
}
