using RestEase;

namespace ChatGovernance.Infrastructure.Keycloak.Setup;

/// <summary>
/// Fine-grained admin permissions (v2), below <c>/admin/realms/{realm}/</c>, with an administrator's token.
/// <c>server</c> is the realm's client <c>admin-permissions</c>.
/// </summary>
internal interface IPermissionsApi
{
    /// <summary>Policies and permissions whose name contains this one.</summary>
    [Get("clients/{server}/authz/resource-server/policy")]
    Task<List<PolicyRow>> Policies([Path] string server, [Query] string name, [Query] int first, [Query] int max, CancellationToken ct);

    [Get("clients/{server}/authz/resource-server/policy/user/{id}")]
    Task<UserPolicyRow> UserPolicy([Path] string server, [Path] string id, CancellationToken ct);

    [Post("clients/{server}/authz/resource-server/policy/user")]
    Task<PolicyRow> AddUserPolicy([Path] string server, [Body] UserPolicyRow policy, CancellationToken ct);

    [Put("clients/{server}/authz/resource-server/policy/user/{id}")]
    Task ChangeUserPolicy([Path] string server, [Path] string id, [Body] UserPolicyRow policy, CancellationToken ct);

    [Post("clients/{server}/authz/resource-server/permission/scope")]
    Task AddPermission([Path] string server, [Body] PermissionRow permission, CancellationToken ct);

    [Put("clients/{server}/authz/resource-server/permission/scope/{id}")]
    Task ChangePermission([Path] string server, [Path] string id, [Body] PermissionRow permission, CancellationToken ct);

    [Delete("clients/{server}/authz/resource-server/permission/scope/{id}")]
    Task RemovePermission([Path] string server, [Path] string id, CancellationToken ct);

    [Get("clients/{server}/authz/resource-server/policy/{id}/resources")]
    Task<List<ResourceRow>> Resources([Path] string server, [Path] string id, CancellationToken ct);

    [Get("clients/{server}/authz/resource-server/policy/{id}/scopes")]
    Task<List<ScopeRow>> Scopes([Path] string server, [Path] string id, CancellationToken ct);

    [Get("clients/{server}/authz/resource-server/policy/{id}/associatedPolicies")]
    Task<List<PolicyRow>> PoliciesOf([Path] string server, [Path] string id, CancellationToken ct);
}

internal sealed record PolicyRow(string? Id = null, string? Name = null, string? Type = null);

internal sealed record UserPolicyRow(string? Id, string Name, string Logic, IReadOnlyList<string>? Users = null);

/// <param name="Resources">Null: all of the type.</param>
internal sealed record PermissionRow(string? Id, string Name, string ResourceType, IReadOnlyList<string>? Resources, IReadOnlyList<string> Scopes, IReadOnlyList<string> Policies);

/// <param name="Name">The id of the group, role or client; for all of a type the type's name.</param>
internal sealed record ResourceRow(string? Name = null);

internal sealed record ScopeRow(string? Name = null);
