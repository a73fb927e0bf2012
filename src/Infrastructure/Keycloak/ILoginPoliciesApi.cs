using RestEase;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Where the provider's policies are, besides what clients list, and how they are set; below <c>/admin/realms/{realm}/</c>.</summary>
internal interface ILoginPoliciesApi
{
    /// <summary>All of the realm, with their mappers; needs <c>view-clients</c>, and is empty for whoever has not.</summary>
    [Get("client-scopes")]
    Task<List<ClientScopeRow>> ClientScopes(CancellationToken ct);

    /// <summary>Needs <c>view-realm</c>.</summary>
    [Get("authentication/required-actions")]
    Task<List<RequiredActionRow>> RequiredActions(CancellationToken ct);

    /// <summary>The newest first.</summary>
    [Get("admin-events")]
    Task<List<AdminEventRow>> AdminEventsOf([Query("resourceTypes")] IReadOnlyList<string> types, [Query] int max, CancellationToken ct);

    /// <summary>A name that nobody has yet; needs to manage the client.</summary>
    [Post("clients/{client}/protocol-mappers/models")]
    Task AddMapper([Path] string client, [Body] MapperRow mapper, CancellationToken ct);

    [Put("clients/{client}/protocol-mappers/models/{mapper}")]
    Task ChangeMapper([Path] string client, [Path("mapper")] string id, [Body] MapperRow mapper, CancellationToken ct);
}
