using ChatGovernance.Infrastructure.Keycloak;

namespace ChatGovernance.Infrastructure.Tests.Keycloak;

/// <summary>What a trace says of a call names nobody.</summary>
public sealed class KeycloakRoutesTests
{
    [Theory]
    [InlineData("admin/realms/demo", "realm")]
    [InlineData("auth/admin/realms/demo/users/f:1:alice/groups/2f1c", "users/{id}/groups/{id}")]
    [InlineData("admin/realms/groups/groups/2f1c/children?search=secret", "groups/{id}/children")]
    [InlineData("admin/realms/demo/users?email=alice@example.org", "users")]
    [InlineData("admin/realms/demo/users/alice%40example.org/role-mappings/clients/7/composite", "users/{id}/role-mappings/clients/{id}/composite")]
    [InlineData("admin/realms/demo/users/profile", "users/profile")]
    [InlineData("admin/realms/demo/events?type=LOGIN_ERROR", "events")]
    [InlineData("realms/demo/protocol/openid-connect/token", "token")]
    public void A_call_is_named_by_its_shape(string path, string route) =>
        KeycloakRoutes.Of(new Uri($"http://127.0.0.1/{path}")).ShouldBe(route);
}
