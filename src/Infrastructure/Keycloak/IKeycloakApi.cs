using RestEase;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>
/// The calls of Keycloak's Admin REST API that the bot makes, below <c>/admin/realms/{realm}/</c>. Path parts are percent-encoded.
/// Failures are <see cref="KeycloakException"/>. Each has its rows in the contract tests.
/// </summary>
internal interface IKeycloakApi
{
    [Get("")]
    Task<RealmRow> Realm(CancellationToken ct);

    /// <summary>Flat, at any depth, by name. A <paramref name="q"/> that Keycloak cannot parse is no filter: compare the rows.</summary>
    [Get("groups?briefRepresentation=false&populateHierarchy=false&subGroupsCount=false")]
    Task<List<GroupRow>> GroupsByAttribute([Query] string q, [Query] int first, [Query] int max, CancellationToken ct);

    /// <summary>
    /// Groups at any depth that have exactly this name. In one piece: Keycloak orders by name alone, so that pages of equal names
    /// repeat rows and miss others.
    /// </summary>
    [Get("groups?exact=true&briefRepresentation=false&populateHierarchy=false&subGroupsCount=false")]
    Task<List<GroupRow>> GroupsByName([Query] string search, CancellationToken ct);

    /// <summary>Of all groups, whatever the caller may see.</summary>
    [Get("groups/count")]
    Task<CountRow> GroupCount(CancellationToken ct);

    /// <summary>With the number of its direct subgroups, whether the caller may see them or not.</summary>
    [Get("groups/{id}")]
    Task<GroupRow> Group([Path] string id, CancellationToken ct);

    /// <summary>Keycloak's own default is 10 rows.</summary>
    [Get("groups/{id}/children?briefRepresentation=false&subGroupsCount=false")]
    Task<List<GroupRow>> Children([Path] string id, [Query] int first, [Query] int max, CancellationToken ct);

    /// <summary>The child of exactly this name: at most one.</summary>
    [Get("groups/{id}/children?exact=true&briefRepresentation=false&subGroupsCount=false")]
    Task<List<GroupRow>> ChildrenByName([Path] string id, [Query] string search, CancellationToken ct);

    /// <summary>Direct members, service accounts among them; Keycloak's own default is 100 rows.</summary>
    [Get("groups/{id}/members?briefRepresentation=false")]
    Task<List<UserRow>> Members([Path] string id, [Query] int first, [Query] int max, CancellationToken ct);

    [Get("groups/{id}/role-mappings")]
    Task<MappingsRow> GroupMappings([Path] string id, CancellationToken ct);

    /// <summary>What the parents map is in it.</summary>
    [Get("groups/{id}/role-mappings/realm/composite")]
    Task<List<RoleRow>> GroupRealmRoles([Path] string id, CancellationToken ct);

    /// <summary>What the parents map is <b>not</b> in it: ask for each of them.</summary>
    [Get("groups/{id}/role-mappings/clients/{client}/composite")]
    Task<List<RoleRow>> GroupClientRoles([Path] string id, [Path] string client, CancellationToken ct);

    [Get("users/{id}")]
    Task<UserRow> User([Path] string id, CancellationToken ct);

    /// <summary>Case-insensitive, and without filter when <paramref name="q"/> cannot be parsed: compare the rows.</summary>
    [Get("users?briefRepresentation=false")]
    Task<List<UserRow>> UsersByAttribute([Query] string q, [Query] int first, [Query] int max, CancellationToken ct);

    /// <summary>The whole address, ignoring case; an empty one matches everybody.</summary>
    [Get("users?exact=true&briefRepresentation=false")]
    Task<List<UserRow>> UsersByEmail([Query] string email, [Query] int first, [Query] int max, CancellationToken ct);

    /// <summary>The whole name, ignoring case, service accounts included; an empty one matches everybody.</summary>
    [Get("users?exact=true&briefRepresentation=false")]
    Task<List<UserRow>> UsersByUsername([Query] string username, [Query] int first, [Query] int max, CancellationToken ct);

    /// <summary>Direct groups, all in one piece (as for <see cref="GroupsByName"/>).</summary>
    [Get("users/{id}/groups?briefRepresentation=true")]
    Task<List<GroupRow>> UserGroups([Path] string id, CancellationToken ct);

    [Put("users/{id}/groups/{group}")]
    Task Join([Path] string id, [Path] string group, CancellationToken ct);

    [Delete("users/{id}/groups/{group}")]
    Task Leave([Path] string id, [Path] string group, CancellationToken ct);

    /// <summary>Ends every session but offline ones, and makes tokens from before worthless where they are asked about.</summary>
    [Post("users/{id}/logout")]
    Task LogOut([Path] string id, CancellationToken ct);

    [Get("users/{id}/role-mappings")]
    Task<MappingsRow> UserMappings([Path] string id, CancellationToken ct);

    [Get("users/{id}/role-mappings/realm")]
    Task<List<RoleRow>> UserRealmRoles([Path] string id, CancellationToken ct);

    [Get("users/{id}/role-mappings/realm/composite")]
    Task<List<RoleRow>> UserEffectiveRealmRoles([Path] string id, CancellationToken ct);

    [Get("users/{id}/role-mappings/clients/{client}")]
    Task<List<RoleRow>> UserClientRoles([Path] string id, [Path] string client, CancellationToken ct);

    [Get("users/{id}/role-mappings/clients/{client}/composite")]
    Task<List<RoleRow>> UserEffectiveClientRoles([Path] string id, [Path] string client, CancellationToken ct);

    [Post("users/{id}/role-mappings/realm")]
    Task AddRealmRoles([Path] string id, [Body] List<RoleName> roles, CancellationToken ct);

    /// <summary>Without a body Keycloak removes every mapping: the body is never null.</summary>
    [Delete("users/{id}/role-mappings/realm")]
    Task RemoveRealmRoles([Path] string id, [Body] List<RoleName> roles, CancellationToken ct);

    [Post("users/{id}/role-mappings/clients/{client}")]
    Task AddClientRoles([Path] string id, [Path] string client, [Body] List<RoleName> roles, CancellationToken ct);

    /// <inheritdoc cref="RemoveRealmRoles"/>
    [Delete("users/{id}/role-mappings/clients/{client}")]
    Task RemoveClientRoles([Path] string id, [Path] string client, [Body] List<RoleName> roles, CancellationToken ct);

    [Get("roles?briefRepresentation=false")]
    Task<List<RoleRow>> RealmRoles([Query] int first, [Query] int max, CancellationToken ct);

    [Get("roles-by-id/{id}")]
    Task<RoleRow> Role([Path] string id, CancellationToken ct);

    /// <summary>Direct children, without attributes.</summary>
    [Get("roles-by-id/{id}/composites")]
    Task<List<RoleRow>> Composites([Path] string id, CancellationToken ct);

    [Get("clients")]
    Task<List<ClientRow>> Clients([Query] int first, [Query] int max, CancellationToken ct);

    [Get("clients")]
    Task<List<ClientRow>> ClientsByName([Query("clientId")] string clientId, CancellationToken ct);

    [Get("clients/{id}/roles?briefRepresentation=false")]
    Task<List<RoleRow>> ClientRoles([Path] string id, [Query] int first, [Query] int max, CancellationToken ct);

    [Get("clients/{id}/service-account-user")]
    Task<UserRow> ServiceAccount([Path] string id, CancellationToken ct);

    /// <summary>Newest first.</summary>
    [Get("admin-events?direction=desc")]
    Task<List<AdminEventRow>> AdminEvents([Query] string resourcePath, [Query] string resourceTypes, [Query] int first, [Query] int max, CancellationToken ct);

    /// <summary>Oldest first, from <paramref name="dateFrom"/> (milliseconds since 1970) on, that one included: what changes people, groups and roles, and who has which.</summary>
    [Get("admin-events?direction=asc&resourceTypes=USER&resourceTypes=GROUP&resourceTypes=GROUP_MEMBERSHIP&resourceTypes=REALM_ROLE&resourceTypes=REALM_ROLE_MAPPING&resourceTypes=CLIENT_ROLE&resourceTypes=CLIENT_ROLE_MAPPING")]
    Task<List<AdminEventRow>> AdminEventsSince([Query] long dateFrom, [Query] int first, [Query] int max, CancellationToken ct);

    /// <summary>User events of failed logins, oldest first, from <paramref name="dateFrom"/> (milliseconds since 1970) on.</summary>
    [Get("events?direction=asc&type=LOGIN_ERROR")]
    Task<List<UserEventRow>> LoginErrorsSince([Query] long dateFrom, [Query] int first, [Query] int max, CancellationToken ct);

    [Get("users/profile")]
    Task<UserProfileRow> UserProfile(CancellationToken ct);
}
