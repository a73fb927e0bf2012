using System.Text.Json.Serialization;

namespace ChatGovernance.Infrastructure.Keycloak;

// Representations of the Admin REST API: only the fields that are read. One closed family, one file.

internal sealed record ErrorRow(string? Error = null, string? ErrorMessage = null);

internal sealed record TokenRow(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn);

/// <param name="Iat">When it was issued, in seconds since 1970.</param>
internal sealed record TokenClaims(string? Sub = null, long? Iat = null);

/// <param name="Id">Null when the service account lacks <c>view-realm</c>: Keycloak then answers a part.</param>
/// <param name="AccessTokenLifespan">Seconds.</param>
/// <param name="AdminEventsEnabled">This and the rest are read where the set-up is looked at.</param>
internal sealed record RealmRow(
    string Realm,
    string? Id = null,
    int? AccessTokenLifespan = null,
    bool? AdminEventsEnabled = null,
    bool? AdminEventsDetailsEnabled = null,
    bool? EventsEnabled = null,
    IReadOnlyList<string>? EnabledEventTypes = null,
    bool? AdminPermissionsEnabled = null,
    ClientRow? AdminPermissionsClient = null,
    IReadOnlyDictionary<string, string?>? Attributes = null);

/// <param name="Attributes">Null in brief representations.</param>
/// <param name="RealmRoles">Names of the group's own roles, not of what its parents map; null in brief representations.</param>
/// <param name="ClientRoles">By clientId.</param>
/// <param name="SubGroupCount">Of all direct subgroups, also of those that the caller may not see; null where it was not asked for.</param>
/// <param name="Access">What the caller may do with it, in representations of one group.</param>
internal sealed record GroupRow(
    string Id,
    string Name,
    string? Path = null,
    string? ParentId = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Attributes = null,
    IReadOnlyList<string>? RealmRoles = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? ClientRoles = null,
    int? SubGroupCount = null,
    IReadOnlyDictionary<string, bool>? Access = null);

internal sealed record UserRow(
    string Id,
    string Username,
    bool Enabled,
    string? FirstName = null,
    string? LastName = null,
    string? Email = null,
    bool EmailVerified = false,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Attributes = null,
    IReadOnlyDictionary<string, bool>? Access = null);

/// <param name="ContainerId">The realm's id, or the client's.</param>
/// <param name="Attributes">Null in brief representations, and in lists of composites.</param>
internal sealed record RoleRow(
    string Id,
    string Name,
    bool Composite,
    bool ClientRole,
    string ContainerId,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Attributes = null);

/// <summary>What a mapping call sends; Keycloak compares both.</summary>
internal sealed record RoleName(string Id, string Name);

/// <param name="Enabled">This and the rest are read of the client that people log in with.</param>
internal sealed record ClientRow(
    string Id,
    string ClientId,
    bool? Enabled = null,
    bool? StandardFlowEnabled = null,
    IReadOnlyList<string>? RedirectUris = null,
    IReadOnlyDictionary<string, string?>? Attributes = null,
    IReadOnlyList<MapperRow>? ProtocolMappers = null,
    string? Protocol = null,
    IReadOnlyList<string>? DefaultClientScopes = null,
    IReadOnlyList<string>? OptionalClientScopes = null,
    IReadOnlyDictionary<string, bool>? Access = null)
{
    public bool Has(string scope) => DefaultClientScopes?.Contains(scope) == true || OptionalClientScopes?.Contains(scope) == true;
}

internal sealed record RequiredActionRow(string Alias, string? ProviderId = null, bool? Enabled = null);

internal sealed record ClientScopeRow(string Id, string Name, IReadOnlyList<MapperRow>? ProtocolMappers = null);

/// <param name="Config">A list of texts is one, joined by <c>##</c>.</param>
internal sealed record MapperRow(string Name, string? ProtocolMapper = null, IReadOnlyDictionary<string, string?>? Config = null, string? Id = null, string? Protocol = null);

/// <summary>Direct mappings of a user or group; the client mappings by clientId.</summary>
internal sealed record MappingsRow(
    IReadOnlyList<RoleRow>? RealmMappings = null,
    IReadOnlyDictionary<string, ClientMappingsRow>? ClientMappings = null);

internal sealed record ClientMappingsRow(string Id, string Client, IReadOnlyList<RoleRow> Mappings);

/// <param name="Time">Milliseconds since 1970.</param>
/// <param name="Representation">A string that holds JSON; absent without <c>adminEventsDetailsEnabled</c>.</param>
/// <param name="Error">Present when the change failed.</param>
internal sealed record AdminEventRow(
    string Id,
    long Time,
    string OperationType,
    string ResourceType,
    string ResourcePath,
    AuthDetailsRow? AuthDetails = null,
    string? Representation = null,
    string? Error = null);

internal sealed record AuthDetailsRow(string? UserId = null, string? ClientId = null);

/// <param name="Id">Absent in versions before 26.</param>
/// <param name="ClientId">The readable one.</param>
internal sealed record UserEventRow(string? Id, long Time, string Type, string? UserId = null, string? ClientId = null, string? Error = null, IReadOnlyDictionary<string, string>? Details = null);

/// <summary>One of the things that a denied login lacked, as the provider writes it down.</summary>
internal sealed record LoginNeedRow(IReadOnlyList<string>? Roles, IReadOnlyList<string>? Groups);

/// <param name="UnmanagedAttributePolicy">Null, <c>ENABLED</c>, <c>ADMIN_VIEW</c> or <c>ADMIN_EDIT</c>.</param>
internal sealed record UserProfileRow(IReadOnlyList<ProfileAttributeRow> Attributes, string? UnmanagedAttributePolicy = null);

internal sealed record ProfileAttributeRow(string Name, ProfilePermissionsRow? Permissions = null);

internal sealed record ProfilePermissionsRow(IReadOnlyList<string>? View = null, IReadOnlyList<string>? Edit = null);

internal sealed record CountRow(int Count);
