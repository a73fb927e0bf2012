using RestEase;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Where the provider's policies may be, besides clients themselves; below <c>/admin/realms/{realm}/</c>.</summary>
internal interface ILoginPoliciesApi
{
    /// <summary>All of the realm, with their mappers; needs <c>view-clients</c>.</summary>
    [Get("client-scopes")]
    Task<List<ClientScopeRow>> ClientScopes(CancellationToken ct);
}
